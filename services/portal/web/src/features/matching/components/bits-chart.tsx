import { useTranslation } from 'react-i18next';
import { type Preview, withoutEmptyEnds } from '../domain/match-settings.js';

/** How many pairs have which evidence, before and after; a table, whose bars only show what its figures say. */
export function BitsChart({ histogram, leastBits }: Pick<Preview, 'histogram' | 'leastBits'>) {
  const { t } = useTranslation();
  const bars = withoutEmptyEnds(histogram);
  if (bars.length === 0) return <p className="aside">{t('matching.noPairs')}</p>;
  const most = Math.max(...bars.flatMap(({ now, proposed }) => [now ?? 0, proposed ?? 0]), 1);
  const sides = ['now', 'proposed'] as const;
  return (
    <table className="bits-chart">
      <caption>{t('matching.chart')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('matching.bits')}</th>
          {sides.map((side) => (
            <th key={side} scope="col" className={`is-${side}`}>
              {t(`matching.sides.${side}`, { bits: leastBits[side] })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.bits}>
            <th scope="row" className="figures">
              {bar.bits}
            </th>
            {sides.map((side) => (
              <td key={side} className={bar.bits + 1 > leastBits[side] ? `is-${side} is-asked` : `is-${side}`}>
                <span className="bar-track" aria-hidden>
                  <span style={{ width: `${((bar[side] ?? 0) / most) * 100}%` }} />
                </span>
                <span className="figures">{bar[side] ?? t('matching.notTold')}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
