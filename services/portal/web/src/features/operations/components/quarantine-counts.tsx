import { useTranslation } from 'react-i18next';
import type { Operations } from '../domain/operations.js';
import { sumOf } from '../domain/operations.js';

/** How many cases of quarantine wait for a steward, and of which hospitals. */
export function QuarantineCounts({
  quarantine,
  hospitalName,
}: {
  quarantine: Operations['quarantine'];
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  const cases = sumOf(quarantine, (of) => of.cases);
  return (
    <section className="panel counts quarantine-counts">
      <strong className={`figures ${cases > 0 ? 'is-waiting' : ''}`}>{cases}</strong>
      <div>
        <strong>{t('operations.quarantine')}</strong>
        <p className="aside">
          {cases === 0
            ? t('operations.nothingWaits')
            : quarantine.map((of) => `${hospitalName(of.hospital)} ${of.cases}`).join(' · ')}
        </p>
      </div>
    </section>
  );
}
