import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { CaseDecision } from '../domain/quarantine-case.js';

/** Every decision about the case, oldest first: none is ever taken away. */
export function CaseHistory({ decisions }: { decisions: readonly CaseDecision[] }) {
  const { t } = useTranslation();
  return (
    <ol className="case-history">
      {decisions.map(({ decision, decidedByName, decidedAt, note }) => (
        <li key={decidedAt}>
          <span className={`outcome ${decision === 'take' ? 'is-permit' : ''}`}>
            {t(`quarantine.done.${decision}`)}
          </span>
          <span>{note}</span>
          <span className="aside figures">
            {t('conflicts.decidedBy', { name: decidedByName, at: dayjs(decidedAt).format('YYYY-MM-DD HH:mm') })}
          </span>
        </li>
      ))}
    </ol>
  );
}
