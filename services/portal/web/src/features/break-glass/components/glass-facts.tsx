import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { ReviewedGlass } from '../domain/glass.js';
import { GlassState } from './glass-list.js';

interface Props {
  readonly glass: ReviewedGlass;
  readonly hospitalName: (code: string) => string;
}

/** Who opened whose studies, when and why, and the verdicts on it. */
export function GlassFacts({ glass, hospitalName }: Props) {
  const { t } = useTranslation();
  const { actor, kind, reason, openedAt, closedAt, closedBy, expiresAt, personId, reviews } = glass;
  const ended = closedAt ?? expiresAt;
  return (
    <article className="panel glass-facts">
      <header>
        <strong>{t(`glass.kinds.${kind}`)}</strong>
        <GlassState glass={glass} />
      </header>
      <p className="glass-reason">{reason}</p>
      <div className="facts aside">
        <span>
          {actor.displayName} <span className="figures">{actor.subject}</span>
        </span>
        <span>{[hospitalName(actor.hospital), actor.department].filter((part) => part !== null).join(' ')}</span>
        <span className="figures">{t('accesses.personId', { id: personId })}</span>
        <span className="figures">
          {shown(openedAt)} – {shown(ended)}
        </span>
        {closedBy !== null && <span>{t(`glass.endedBy.${closedBy}`)}</span>}
      </div>
      {reviews.length > 0 && (
        <ul className="glass-reviews">
          {reviews.map(({ reviewId, verdict, note, displayName, reviewedAt }) => (
            <li key={reviewId}>
              <strong className={`verdict is-${verdict}`}>{t(`glass.verdicts.${verdict}`)}</strong>
              {note !== '' && <span>{note}</span>}
              <span className="aside figures">
                {displayName} {shown(reviewedAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

const shown = (instant: string) => dayjs(instant).format('YYYY-MM-DD HH:mm');
