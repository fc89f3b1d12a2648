import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ArrivingStudy, GatewayStatus } from '../../../../../src/show-status/gateway-status.js';
import { Ago } from '../../../time/ago.js';
import { useFormats } from '../../../time/formats.js';

/** Studies that are not wholly at the province yet, each with how far it is. */
export function ArrivingTable({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  const { total, studies } = status.arriving;
  if (total === 0) {
    return (
      <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('arriving.none')}>
        <span className="aside">{t('arriving.noneHint')}</span>
      </Empty>
    );
  }
  return (
    <div className="panel sheet-frame">
      <table className="sheet">
        <thead>
          <tr>
            <th>{t('arriving.study')}</th>
            <th>{t('arriving.from')}</th>
            <th className="is-wide">{t('arriving.progress')}</th>
            <th className="is-number">{t('arriving.bytes')}</th>
            <th>{t('arriving.first')}</th>
            <th>{t('arriving.last')}</th>
          </tr>
        </thead>
        <tbody>
          {studies.map((study) => (
            <ArrivingRow key={`${study.firstAt} ${study.accessionNumber}`} study={study} now={status.at} />
          ))}
        </tbody>
      </table>
      {total > studies.length && (
        <p className="aside sheet-foot">{t('arriving.more', { count: total - studies.length })}</p>
      )}
    </div>
  );
}

function ArrivingRow({ study, now }: { study: ArrivingStudy; now: string }) {
  const { t } = useTranslation();
  const { number, bytes } = useFormats();
  const { modality, accessionNumber, from, instances, waitingInstances, isOpen } = study;
  const uploaded = Math.max(0, instances - waitingInstances);
  return (
    <tr>
      <td>
        {modality !== '' && <span className={`modality modality-${modality}`}>{modality}</span>}{' '}
        <span className="figures">{accessionNumber === '' ? t('arriving.noAccession') : accessionNumber}</span>
      </td>
      <td className="figures" data-label={t('arriving.from')}>
        {from.join(', ')}
      </td>
      <td data-label={t('arriving.progress')}>
        <span className="progress">
          <progress max={instances} value={uploaded} />
          <span className="figures">
            {t('arriving.uploadedOf', { uploaded: number(uploaded), instances: number(instances) })}
          </span>
          {isOpen && <span className="pulse" title={t('arriving.isOpen')} />}
        </span>
      </td>
      <td className="is-number figures" data-label={t('arriving.bytes')}>
        {bytes(study.bytes)}
      </td>
      <td data-label={t('arriving.first')}>
        <Ago at={study.firstAt} now={now} />
      </td>
      <td data-label={t('arriving.last')}>
        <Ago at={study.lastAt} now={now} />
      </td>
    </tr>
  );
}
