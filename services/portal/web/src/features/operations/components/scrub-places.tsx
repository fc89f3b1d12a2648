import { Progress } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Scrub, ScrubbedPlace } from '../domain/scrub.js';

/** How much of each store was read lately, and what keeps it from being read. */
export function ScrubPlaces({ places, periodDays }: Pick<Scrub, 'places' | 'periodDays'>) {
  const { t } = useTranslation();
  return (
    <ul className="scrub-places">
      {places.map((place) => (
        <PlaceLine key={place.place} place={place} periodDays={periodDays} />
      ))}
      {places.length === 1 && (
        <li className="no-replica">
          <strong>{t('scrub.places.replica')}</strong>
          <span className="aside">{t('scrub.noReplica')}</span>
        </li>
      )}
    </ul>
  );
}

function PlaceLine({ place, periodDays }: { place: ScrubbedPlace; periodDays: number }) {
  const { t } = useTranslation();
  const { verifiedShare, everVerifiedShare, oldestVerification, trouble, troubleSince } = place;
  // All of it only when it is all.
  const percent = Math.floor(verifiedShare * 100);
  return (
    <li title={place.address}>
      <strong>{t(`scrub.places.${place.place}`)}</strong>
      <Progress
        percent={percent}
        size="small"
        status={trouble === null ? 'normal' : 'exception'}
        format={() => `${percent} %`}
      />
      <span className="aside">
        {oldestVerification === null
          ? t('scrub.firstReading', { percent: Math.floor(everVerifiedShare * 100) })
          : t('scrub.within', { count: periodDays, oldest: dayjs(oldestVerification).format('YYYY-MM-DD HH:mm') })}
      </span>
      {trouble !== null && (
        <p className="is-bad" role="alert">
          {t(`scrub.troubles.${trouble}`)}
          {troubleSince !== null && ` ${t('scrub.since', { time: dayjs(troubleSince).format('MM-DD HH:mm') })}`}
        </p>
      )}
    </li>
  );
}
