import { useTranslation } from 'react-i18next';

/** Why a message is parked, in words; its code when the page is older than the reason. */
export function useReasonWords(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => (i18n.exists(`messages.reasons.${reason}`) ? t(`messages.reasons.${reason}`) : reason);
}
