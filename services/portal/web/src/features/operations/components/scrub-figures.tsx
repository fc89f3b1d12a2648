import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { bytesText } from '../domain/operations.js';
import { bytesByDay, daysOfReading, type Scrub } from '../domain/scrub.js';
import { Sparkline } from './sparkline.js';

const DAYS = 30;

/** What was read day by day, and what waits for the replica. */
export function ScrubFigures({ scrub }: { scrub: Scrub }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const read = bytesByDay(scrub.days, new Date().toISOString().slice(0, 10), DAYS);
  const days = Math.ceil(daysOfReading(scrub));
  return (
    <div className="scrub-figures">
      <span className="aside">{t('scrub.readToday')}</span>
      <strong className="figures">{bytesText(read.at(-1) ?? 0)}</strong>
      <Sparkline values={read} label={t('scrub.course', { most: bytesText(Math.max(...read)) })} />
      {days > scrub.periodDays && (
        <p className="is-bad">
          {t('scrub.tooSlow', { days, rate: bytesText(scrub.bytesPerSecond), period: scrub.periodDays })}
        </p>
      )}
      {scrub.backlog !== null && (
        <p className="aside">
          {scrub.backlog.oldest === null
            ? t('scrub.allCopied')
            : t('scrub.backlog', {
                count: scrub.backlog.packs,
                shown: number.format(scrub.backlog.packs),
                time: dayjs(scrub.backlog.oldest).format('MM-DD HH:mm'),
              })}
        </p>
      )}
    </div>
  );
}
