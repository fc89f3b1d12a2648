import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { ListedConflict } from '../domain/conflict.js';
import { riskLevel } from '../domain/risk-level.js';

interface Props {
  readonly listed: ListedConflict;
  readonly isShown: boolean;
  readonly hospitalName: (code: string) => string;
  onShow(): void;
}

/** One question of the queue: how urgent, who and who, since when. */
export function ConflictRow({ listed, isShown, hospitalName, onShow }: Props) {
  const { t } = useTranslation();
  const { kind, record, otherPerson, patient, risk, lastQuestion, decision } = listed;
  const level = riskLevel(risk);
  return (
    <li>
      <button type="button" className="queue-row" aria-current={isShown} onClick={onShow}>
        <span className={`risk is-${level}`} title={t(`desk.risks.${level}`)}>
          {risk}
        </span>
        <span className="queue-who">
          <strong>
            {record.name || t('persons.unnamed')}
            {otherPerson !== null && <span className="aside"> / {otherPerson.name || t('persons.unnamed')}</span>}
          </strong>
          <span>{t(`desk.kinds.${kind}`)}</span>
          <span className="aside facts">
            <span>{hospitalName(patient.hospital)}</span>
            <time className="figures" dateTime={listed.openedAt}>
              {dayjs(listed.openedAt).format('MM-DD HH:mm')}
            </time>
          </span>
          {decision === null && lastQuestion !== null && (
            <span className={lastQuestion.answeredAt === null ? 'outcome is-waiting' : 'outcome is-permit'}>
              {t(lastQuestion.answeredAt === null ? 'desk.waitsFor' : 'desk.answeredBy', {
                hospital: hospitalName(lastQuestion.hospital),
              })}
            </span>
          )}
          {decision !== null && (
            <span className={decision.decision === 'link' ? 'outcome is-permit' : 'outcome'}>
              {t(decision.decision === 'link' ? 'conflicts.linked' : 'conflicts.keptApart')}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
