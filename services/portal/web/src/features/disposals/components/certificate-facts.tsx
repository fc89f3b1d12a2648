import { Descriptions } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { bytesOf, type Certificate } from '../domain/certificate.js';

const MEGABYTE = 1e6;

interface Props {
  readonly certificate: Certificate;
  readonly hospitalName: (code: string) => string;
}

export function CertificateFacts({ certificate, hospitalName }: Props) {
  const { t } = useTranslation();
  const { destroyed, ...who } = certificate;
  const { packs, rules } = destroyed;
  const by = (name: string, at: string) => `${name} · ${shown(at)}`;
  const facts = {
    studyInstanceUid: who.studyInstanceUid,
    hospital: hospitalName(who.hospital),
    confirmed: by(who.confirmedByName, who.confirmedAt),
    registered: by(who.registeredByName, who.registeredAt),
    destroyed: shown(who.destroyedAt),
    images: t('disposals.images', { count: destroyed.instances }),
    retainUntil: destroyed.retainUntil,
    rules: rules
      .map(({ patientClass, years }) =>
        t('disposals.rule', { patientClass: t(`disposals.classes.${patientClass}`), years }),
      )
      .join(t('disposals.certificate.comma')),
  };
  return (
    <div className="certificate">
      <p className="aside">{t('disposals.certificate.hint')}</p>
      <Descriptions
        column={1}
        size="small"
        items={Object.entries(facts).map(([key, value]) => ({
          key,
          label: t(`disposals.certificate.facts.${key}`),
          children: <span className="figures uid">{value}</span>,
        }))}
      />
      <details>
        <summary>
          {t('disposals.certificate.packs', {
            count: packs.length,
            size: (bytesOf(certificate) / MEGABYTE).toFixed(1),
          })}
        </summary>
        <ul className="figures uid">
          {packs.map(({ sha256, sizeBytes }) => (
            <li key={sha256}>
              {sha256} · {t('disposals.certificate.bytes', { count: sizeBytes })}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

const shown = (instant: string) => dayjs(instant).format('YYYY-MM-DD HH:mm:ss');
