import { useTranslation } from 'react-i18next';

export function WithdrawnMark({ isWithdrawn }: { isWithdrawn: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={isWithdrawn ? 'outcome is-deny' : 'outcome is-permit'}>
      {t(isWithdrawn ? 'disposals.withdrawn' : 'disposals.shown')}
    </span>
  );
}
