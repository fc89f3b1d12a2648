import { useTranslation } from 'react-i18next';
import { bytesText, type KeptAtHospital } from '../domain/operations.js';

interface Props {
  readonly atHospitals: readonly KeptAtHospital[];
  readonly fewerThan: number;
  readonly hospitalName: (code: string) => string;
}

/** What hospitals keep of their images until somebody opens them; nothing where none does. */
export function AtHospitals({ atHospitals, fewerThan, hospitalName }: Props) {
  const { t } = useTranslation();
  if (atHospitals.length === 0) return null;
  return (
    <>
      <h2>
        {t('operations.atHospitals')} <span className="aside">{t('operations.atHospitalsHint')}</span>
      </h2>
      <ul className="panel rows at-hospitals">
        {atHospitals.map((kept) => (
          <KeptLine key={kept.hospital} kept={kept} fewerThan={fewerThan} name={hospitalName(kept.hospital)} />
        ))}
      </ul>
    </>
  );
}

function KeptLine({ kept, fewerThan, name }: { kept: KeptAtHospital; fewerThan: number; name: string }) {
  const { t, i18n } = useTranslation();
  const { hospital, studies, bytes, awaited, failed, releasedPacks, releasedBytes } = kept;
  const number = new Intl.NumberFormat(i18n.language);
  const counted = (count: number | null) =>
    count === null ? { count: fewerThan, shown: t('few', { fewerThan }) } : { count, shown: number.format(count) };
  return (
    <li>
      <span>
        {name} <span className="aside figures">{hospital}</span>
      </span>
      <span className="figures">{t('operations.studiesKept', { ...counted(studies), bytes: bytesText(bytes) })}</span>
      <span className="tags">
        {awaited !== 0 && <span className="outcome figures">{t('operations.awaited', counted(awaited))}</span>}
        {releasedPacks > 0 && (
          <span className="outcome figures">
            {t('operations.released', { ...counted(releasedPacks), bytes: bytesText(releasedBytes) })}
          </span>
        )}
        {failed > 0 && <span className="outcome is-deny figures">{t('operations.notBrought', counted(failed))}</span>}
      </span>
    </li>
  );
}
