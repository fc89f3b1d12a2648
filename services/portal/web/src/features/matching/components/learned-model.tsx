import { useTranslation } from 'react-i18next';
import { bitsOf, type MatchModel, signed } from '../domain/match-settings.js';

/** What was learned: each level of each field with its m, u and bits. */
export function LearnedModel({ model, records }: { model: MatchModel; records: number }) {
  const { t } = useTranslation();
  return (
    <details className="panel learned">
      <summary>{t('matching.learned', { count: records })}</summary>
      <div className="scroll-sideways">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('matching.field')}</th>
              <th scope="col">{t('matching.level')}</th>
              <th scope="col">m</th>
              <th scope="col">u</th>
              <th scope="col">{t('matching.bits')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(model.fields).flatMap(([field, levels]) =>
              Object.entries(levels).map(([level, shares]) => (
                <tr key={`${field}/${level}`}>
                  <th scope="row">{t(`desk.compared.${field}`)}</th>
                  <td>{t(`desk.levels.${level}`)}</td>
                  <td className="figures">{shares.m.toPrecision(3)}</td>
                  <td className="figures">{shares.u.toPrecision(3)}</td>
                  <td className="figures">{signed(bitsOf(shares))}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </details>
  );
}
