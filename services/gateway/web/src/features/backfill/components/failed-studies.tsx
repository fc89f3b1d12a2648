import { useTranslation } from 'react-i18next';
import type { BackfillStatus } from '../../../../../src/backfill-studies/backfill-status.js';

/** Studies that were given up, each with what the PACS said. */
export function FailedStudies({ backfill: { studies, failed } }: { backfill: BackfillStatus }) {
  const { t } = useTranslation();
  if (studies.failed === 0) return null;
  return (
    <div className="backfill-failures">
      <p className="is-bad">{t('backfill.failed', { count: studies.failed })}</p>
      <details>
        <summary className="fine-print">{t('backfill.failures')}</summary>
        <ul className="fine-print figures">
          {failed.map(({ studyInstanceUid, problem }) => (
            <li key={studyInstanceUid} className="backfill-failure">
              <strong>{studyInstanceUid}</strong> {problem}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
