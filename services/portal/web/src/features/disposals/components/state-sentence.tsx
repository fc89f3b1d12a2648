import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Disposal } from '../domain/disposal.js';

/** What becomes of it next, or what became of it. */
export function StateSentence({ disposal }: { disposal: Disposal }) {
  const { t } = useTranslation();
  const { state, dueAt, endedAt, stoppedFor } = disposal;
  const at = dayjs(state === 'registered' ? dueAt : endedAt).format('YYYY-MM-DD HH:mm');
  if (state === 'registered' && dayjs(dueAt).isBefore(dayjs())) return <strong>{t('disposals.next.due')}</strong>;
  if (state !== 'stopped') return <strong>{t(`disposals.next.${state}`, { at })}</strong>;
  return (
    <strong>
      {t(`disposals.stoppedFor.${stoppedFor ?? 'TAKEN_BACK'}`)} <span className="aside figures">{at}</span>
    </strong>
  );
}
