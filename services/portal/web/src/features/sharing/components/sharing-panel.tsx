import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSay, useSharing } from '../api/sharing.js';
import { type AtDesk, type NamedStudy, type Saying, type Sharing, shownDate } from '../domain/sharing.js';
import { HospitalsSharing } from './hospitals-sharing.js';
import { SharingSwitch } from './sharing-switch.js';
import { Until } from './until.js';

interface Props {
  readonly personId: string;
  /** In the words of who shows them; null: in those of what is known of sharing. */
  readonly studies: readonly NamedStudy[] | null;
  readonly hospitals: readonly { code: string; name: string }[];
  readonly hospitalName: (code: string) => string;
  /** Of a clerk; undefined where patients speak themselves. Nothing can be said while it is null. */
  readonly desk: AtDesk | null | undefined;
}

type About = Pick<Saying, 'scope' | 'receiver'>;
const aboutOf = ({ scope, receiver }: Saying): About => ({ scope, receiver });

/** Who may see a patient's examinations: all in general, by hospital, by study. */
export function SharingPanel({ personId, studies, hospitals, hospitalName, desk }: Props) {
  const { t } = useTranslation();
  const sharing = useSharing(personId);
  const say = useSay(personId, desk ?? null);
  if (sharing.isPending) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  if (sharing.data === undefined) return <ProblemNotice error={sharing.error} onRetry={() => void sharing.refetch()} />;
  const { all, studies: ofStudies } = sharing.data;
  const known = new Map(ofStudies.map((one) => [one.studyInstanceUid, one]));
  const named = studies ?? ofStudies.map((one) => ({ ...one, date: one.studyDate, what: one.modality ?? '' }));
  const isSaying = (about: About) => say.isPending && JSON.stringify(aboutOf(say.variables)) === JSON.stringify(about);
  const switchOf = (about: string, closed: boolean, of: About) => {
    const decision = closed ? 'opens' : 'closes';
    return (
      <SharingSwitch
        about={about}
        closed={closed}
        disabled={desk === null || say.isPending}
        loading={isSaying(of)}
        onSwitch={(until) => say.mutate({ decision, ...of, until })}
      />
    );
  };
  const everything = { kind: 'person' as const };
  return (
    <>
      <section className={all.closed ? 'panel sharing-all is-closed' : 'panel sharing-all'}>
        <div>
          <h2>
            {t(all.closed ? 'sharing.closedAll' : 'sharing.openAll')}
            <Until day={all.until} />
          </h2>
          <p className="aside">{t('sharing.always')}</p>
        </div>
        {switchOf(t('sharing.allStudies'), all.closed, { scope: everything, receiver: null })}
      </section>
      {say.isError && <ProblemNotice error={say.error} />}
      <HospitalsSharing
        all={all}
        hospitals={hospitals}
        hospitalName={hospitalName}
        switchOf={(code, closed) => switchOf(hospitalName(code), closed, { scope: everything, receiver: code })}
      />
      <section className="panel sharing">
        <h2>{t('sharing.studies')}</h2>
        {named.length === 0 && <p className="aside">{t('sharing.noStudies')}</p>}
        <ul className="rows sharing-rows">
          {named.map((study) => {
            const of = known.get(study.studyInstanceUid) ?? all;
            const scope = { kind: 'study' as const, studyInstanceUid: study.studyInstanceUid };
            return (
              <li key={study.studyInstanceUid}>
                <StudyName study={study} of={of} hospitalName={hospitalName} />
                {switchOf(t('sharing.thisStudy'), of.closed, { scope, receiver: null })}
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}

function StudyName({ study, of, hospitalName }: Pick<Props, 'hospitalName'> & { study: NamedStudy; of: Sharing }) {
  const { t } = useTranslation();
  const names = of.except.map(({ hospital }) => hospitalName(hospital)).join(t('sharing.and'));
  return (
    <span className="sharing-study">
      <strong>{study.what || t('studies.noDescription')}</strong>
      <span className="facts aside">
        <span className="figures">{shownDate(study.date) ?? t('studies.undated')}</span>
        <span>{hospitalName(study.hospital)}</span>
      </span>
      <span className={of.closed ? 'sharing-state is-closed' : 'sharing-state'}>
        {t(of.closed ? 'sharing.closed' : 'sharing.shared')}
        <Until day={of.until} />
        {names !== '' && ` · ${t(of.closed ? 'sharing.except' : 'sharing.notTo', { names })}`}
      </span>
    </span>
  );
}
