import { useTranslation } from 'react-i18next';
import { type DayReport, gradeOf, percentOf, rateOf, sumOf } from '../domain/report.js';

/** The whole province day by day: how much was registered in time, and how many hospitals said so. */
export function Trend({
  days,
  reports,
  hospitals,
}: {
  days: readonly string[];
  reports: readonly DayReport[];
  hospitals: number;
}) {
  const { t } = useTranslation();
  return (
    <ol className="panel trend">
      {days.map((day) => {
        const ofDay = reports.filter((report) => report.day === day);
        const rate = rateOf(sumOf(ofDay));
        const reported = t('completeness.reported', { count: ofDay.length, of: hospitals });
        return (
          <li key={day} title={`${day} · ${reported}`}>
            <span className="figures">{rate === null ? '–' : percentOf(rate)}</span>
            <span className="trend-column">
              <span
                className={rate === null ? 'is-empty' : `is-${gradeOf(rate)}`}
                style={{ height: `${(rate ?? 0) * 100}%` }}
              />
            </span>
            <time className="aside figures" dateTime={day}>
              {day.slice(5)}
            </time>
            <span className="aside figures">
              {ofDay.length}/{hospitals}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
