import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { bytesText, type HospitalStorage } from '../domain/operations.js';

/** Modalities that have a colour of their own; all others share one. */
const COLOURED = ['CT', 'MR', 'DX', 'US', 'MG', 'XA'];

/** What each hospital takes, and of which modalities it is. */
export function StorageList({
  hospitals,
  hospitalName,
}: {
  hospitals: readonly HospitalStorage[];
  hospitalName: (code: string) => string;
}) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  if (hospitals.length === 0) {
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('operations.nothingStored')} />;
  }
  const most = Math.max(...hospitals.map(({ bytes }) => bytes));
  return (
    <ul className="panel rows storage-list">
      {hospitals.map(({ hospital, bytes, instances, modalities }) => (
        <li key={hospital}>
          <span>
            {hospitalName(hospital)} <span className="aside figures">{hospital}</span>
          </span>
          <span className="storage-bar" style={{ width: `${Math.max(2, (bytes / most) * 100)}%` }}>
            {modalities.map(({ modality, bytes: ofModality }) => (
              <span
                key={modality}
                className={COLOURED.includes(modality) ? `is-${modality}` : 'is-other'}
                style={{ flexGrow: ofModality }}
                title={`${modality || t('operations.noModality')} · ${bytesText(ofModality)}`}
              />
            ))}
          </span>
          <span className="aside figures storage-modalities">
            {modalities.map(({ modality, bytes: ofModality }) => (
              <span key={modality}>
                <i className={COLOURED.includes(modality) ? `is-${modality}` : 'is-other'} aria-hidden />
                {modality || t('operations.noModality')} {bytesText(ofModality)}
              </span>
            ))}
          </span>
          <span className="figures storage-sum">
            <strong>{bytesText(bytes)}</strong>
            <span className="aside">
              {t('operations.instances', { count: instances, shown: number.format(instances) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
