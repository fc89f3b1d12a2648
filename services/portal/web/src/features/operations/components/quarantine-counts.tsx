import { useTranslation } from 'react-i18next';
import type { Operations } from '../domain/operations.js';
import { sumOf } from '../domain/operations.js';

/** How many cases of quarantine wait for a steward, and of which hospitals. */
export function QuarantineCounts({
  quarantine,
  fewerThan,
  hospitalName,
}: Pick<Operations, 'quarantine' | 'fewerThan'> & {
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  const cases = sumOf(quarantine, (of) => of.cases ?? 0);
  // Each of these is one at least.
  const untold = quarantine.filter((of) => of.cases === null).length;
  return (
    <section className="panel counts quarantine-counts">
      <strong className={`figures ${quarantine.length > 0 ? 'is-waiting' : ''}`}>
        {untold > 0 ? `${cases + untold}+` : cases}
      </strong>
      <div>
        <strong>{t('operations.quarantine')}</strong>
        <p className="aside">
          {quarantine.length === 0
            ? t('operations.nothingWaits')
            : quarantine.map((of) => `${hospitalName(of.hospital)} ${of.cases ?? t('few', { fewerThan })}`).join(' · ')}
        </p>
      </div>
    </section>
  );
}
