import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatements } from '../api/sharing.js';
import type { Statement } from '../domain/sharing.js';

interface Props {
  readonly personId: string;
  readonly hospitalName: (code: string) => string;
}

/** What was said when by whom; nothing of it is ever overwritten. */
export function StatementHistory({ personId, hospitalName }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const statements = useStatements(personId, isOpen);
  if (!isOpen) {
    return (
      <Button type="link" className="sharing-history" onClick={() => setOpen(true)}>
        {t('sharing.history')}
      </Button>
    );
  }
  if (statements.isPending) return <Skeleton active paragraph={{ rows: 2 }} className="panel" />;
  if (statements.data === undefined)
    return <ProblemNotice error={statements.error} onRetry={() => void statements.refetch()} />;
  return (
    <section className="panel sharing">
      <h2>{t('sharing.history')}</h2>
      {statements.data.length === 0 && <p className="aside">{t('sharing.noHistory')}</p>}
      <ul className="rows sharing-rows">
        {statements.data.map((said) => (
          <li key={said.consentId}>
            <Said said={said} hospitalName={hospitalName} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ said, hospitalName }: { said: Statement } & Pick<Props, 'hospitalName'>) {
  const { t } = useTranslation();
  const { decision, studyInstanceUid, receiver, by, identity, recordedAtHospital, saidAt, until, endedAt } = said;
  const what = t(studyInstanceUid === null ? 'sharing.allStudies' : 'sharing.oneStudy');
  const whom = receiver === null ? t('sharing.allHospitals') : hospitalName(receiver);
  const where = recordedAtHospital === null ? t('accesses.commission') : hospitalName(recordedAtHospital);
  return (
    <span className="sharing-study">
      <span>{t(decision === 'closes' ? 'sharing.saidClosed' : 'sharing.saidOpen', { what, whom })}</span>
      <span className="facts aside">
        <span className="figures">{dayjs(saidAt).format('YYYY-MM-DD HH:mm')}</span>
        <span>{t(`counter.speakers.${by.kind}`)}</span>
        <span>{identity === 'account' ? t('sharing.byAccount') : t('sharing.atCounter', { where })}</span>
        {until !== null && <span>{t('sharing.until', { day: until })}</span>}
        {endedAt !== null && <span>{t('sharing.ended', { at: dayjs(endedAt).format('YYYY-MM-DD HH:mm') })}</span>}
      </span>
    </span>
  );
}
