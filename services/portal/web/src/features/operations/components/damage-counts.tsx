import { useTranslation } from 'react-i18next';
import { useScrub } from '../api/read-scrub.js';

/** How much of what is stored is damaged at this moment; what it is stands below. */
export function DamageCounts() {
  const { t } = useTranslation();
  const { data } = useScrub();
  const { unhealable = 0, damaged = 0 } = data ?? {};
  const count = unhealable + damaged;
  const tone = unhealable > 0 ? 'is-bad' : count > 0 ? 'is-waiting' : '';
  return (
    <section className="panel counts damage-counts">
      <strong className={`figures ${tone}`}>{data === undefined ? '–' : count}</strong>
      <div>
        <strong>{t('scrub.hurt')}</strong>
        <p className="aside">
          {count === 0 ? data && t('scrub.none.damaged') : t('scrub.hurtNow', { unhealable, damaged })}
        </p>
      </div>
    </section>
  );
}
