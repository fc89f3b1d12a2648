import { useTranslation } from 'react-i18next';
import { bytesText, type Tiers } from '../domain/operations.js';

/** What is stored as it came, and what compact, in how much less room. */
export function StorageTiers({ tiers }: { tiers: Tiers }) {
  const { t } = useTranslation();
  const { hotBytes, coldBytes, coldStoredBytes, savedPercent } = tiers;
  return (
    <p className="aside figures storage-tiers">
      {t('operations.tiers', {
        hot: bytesText(hotBytes),
        cold: bytesText(coldBytes),
        stored: bytesText(coldStoredBytes),
        percent: savedPercent,
      })}
    </p>
  );
}
