import { useTranslation } from 'react-i18next';
import { useBackfill } from '../api/read-backfill.js';
import { BackfillPanel } from './backfill-panel.js';

/** How far the province is filled from the hospital's PACS; nothing where the hospital has no backfill. */
export function BackfillSection() {
  const { t } = useTranslation();
  const shown = useBackfill();
  const backfill = shown.data?.backfill;
  if (backfill === undefined || backfill === null) return null;
  return (
    <section>
      <h2>
        {t('backfill.title')} <span className="aside figures">{backfill.pacs}</span>
      </h2>
      <BackfillPanel backfill={backfill} />
    </section>
  );
}
