import { useTranslation } from 'react-i18next';
import { bytesText, type Operations } from '../domain/operations.js';

/** What hospitals keep of their images until somebody opens them; nothing where none does. */
export function AtHospitals({
  atHospitals,
  hospitalName,
}: {
  atHospitals: Operations['atHospitals'];
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  if (atHospitals.length === 0) return null;
  return (
    <>
      <h2>{t('operations.atHospitals')}</h2>
      <ul className="panel at-hospitals">
        {atHospitals.map(({ hospital, studies, bytes, awaited, failed }) => (
          <li key={hospital}>
            <strong>{hospitalName(hospital)}</strong>
            <span className="figures">{t('operations.studiesKept', { shown: studies, bytes: bytesText(bytes) })}</span>
            <span className="figures">{t('operations.awaited', { shown: awaited })}</span>
            <span className={`figures ${failed > 0 ? 'is-waiting' : ''}`}>
              {t('operations.notBrought', { shown: failed })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
