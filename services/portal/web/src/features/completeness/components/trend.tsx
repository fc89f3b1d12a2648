import { useTranslation } from 'react-i18next';
import { type Completeness, gradeOf, percentOf } from '../domain/report.js';

/** The whole province day by day: how much was registered in time, and how many hospitals said so. */
export function Trend({
  days,
  of: { reports, rates },
  hospitals,
}: {
  days: readonly string[];
  of: Pick<Completeness, 'reports' | 'rates'>;
  hospitals: number;
}) {
  const { t } = useTranslation();
  return (
    <ol className="panel trend">
      {days.map((day) => {
        const ofDay = reports.filter((report) => report.day === day);
        const rate = rates.ofDays[day] ?? null;
        const reported = t('completeness.reported', { count: ofDay.length, of: hospitals });
        return (
          <li key={day} title={`${day} · ${reported}`}>
            <span className="figures">{percentOf(rate)}</span>
            <span className="trend-column">
              <span
                className={`is-${gradeOf(rate)}`}
                style={{ height: `${(typeof rate === 'number' ? rate : 0) * 100}%` }}
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
