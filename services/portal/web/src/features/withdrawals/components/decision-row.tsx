import { RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { shownDate, shownName } from '../../../dicom/shown-values.js';
import type { ListedDecision } from '../domain/study-decision.js';
import { Outcome } from './outcome.js';

/** One decision: about whose study, what, why, by whom; its study is behind it. */
export function DecisionRow({ made, hospitalName }: { made: ListedDecision; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { decision, reason, seriesInstanceUid, sopInstanceUid } = made;
  const came = made.registered - made.instances;
  const part = sopInstanceUid !== null ? 'anInstance' : seriesInstanceUid !== null ? 'aSeries' : 'wholeStudy';
  return (
    <li className={made.stands ? '' : 'is-undone'}>
      <Link to="/withdrawals/$studyUid" params={{ studyUid: made.studyInstanceUid }} className="case-row">
        <span className="case-who">
          <strong>{shownName(made.patientName) || t('persons.unnamed')}</strong>
          <span className="facts aside">
            <span className="figures">{made.patientId}</span>
            <span>{hospitalName(made.hospital)}</span>
            <span>{made.modalities.join(' ')}</span>
            <span className="figures">{shownDate(made.studyDate) || t('studies.undated')}</span>
          </span>
        </span>
        <span className="case-what">
          <span>
            {reason !== null && `${t(`withdrawals.reasons.${reason}`)} · `}
            {made.note}
          </span>
          <span className="aside figures">
            {t('conflicts.decidedBy', {
              name: made.decidedByName,
              at: dayjs(made.decidedAt).format('YYYY-MM-DD HH:mm'),
            })}
          </span>
        </span>
        <span className="case-why">
          <span className="tags">
            <Outcome decision={decision} />
            <span className="aside">{t(`withdrawals.${part}`)}</span>
          </span>
          {!made.stands && <span className="aside">{t('withdrawals.undone')}</span>}
          {made.stands && decision === 'withdraw' && came > 0 && (
            <span className="aside">{t('withdrawals.since', { count: came })}</span>
          )}
        </span>
        <RightOutlined className="aside" aria-hidden />
      </Link>
    </li>
  );
}
