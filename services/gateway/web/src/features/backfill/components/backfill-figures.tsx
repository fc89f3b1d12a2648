import { useTranslation } from 'react-i18next';
import type { BackfillStatus } from '../../../../../src/backfill-studies/backfill-status.js';
import { Figure } from '../../../figures/figure.js';
import { useFormats } from '../../../time/formats.js';

/** What came so far, how fast, and what is left. */
export function BackfillFigures({ backfill }: { backfill: BackfillStatus }) {
  const { t } = useTranslation();
  const { number, bytes, duration, forecast } = useFormats();
  const { days, daysLeft, studies, received, standing, estimate } = backfill;
  const waiting = studies.waiting + studies.moving + studies.moved;
  const isEnding = standing !== 'paused' && standing !== 'done';
  return (
    <dl className="figure-grid">
      <Figure label={t('backfill.days')} aside={t('backfill.of', { all: number(days + daysLeft) })}>
        {number(days)}
      </Figure>
      <Figure
        label={t('backfill.studies')}
        aside={waiting === 0 ? null : t('backfill.waiting', { number: number(waiting) })}
      >
        {number(studies.there)}
      </Figure>
      <Figure label={t('backfill.images')}>{number(received.instances)}</Figure>
      <Figure label={t('backfill.bytes')}>{bytes(received.bytes)}</Figure>
      {standing !== 'done' && <Figure label={t('backfill.speed')}>{bytes(received.bytesPerSecond)}/s</Figure>}
      {isEnding && (
        <Figure
          label={t('backfill.left')}
          aside={estimate && t('backfill.until', { at: forecast(estimate.endsAt, estimate.minutesLeft) })}
        >
          {estimate === null ? t('backfill.unknown') : duration(estimate.minutesLeft)}
        </Figure>
      )}
    </dl>
  );
}
