import { useTranslation } from 'react-i18next';

/** Behind what is open: its last day, where there is one. */
export function Until({ day }: { readonly day: string | null }) {
  const { t } = useTranslation();
  return day !== null && <span className="figures sharing-last-day"> · {t('sharing.until', { day })}</span>;
}
