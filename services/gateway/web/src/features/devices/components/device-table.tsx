import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeviceStatus, GatewayStatus } from '../../../../../src/show-status/gateway-status.js';
import { Ago } from '../../../time/ago.js';
import { useFormats } from '../../../time/formats.js';
import { EchoTest } from './echo-test.js';

/** The hospital's devices: when each was here last, and whether it can be reached. */
export function DeviceTable({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  if (status.devices.length === 0) {
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('devices.none')} />;
  }
  return (
    <div className="panel sheet-frame">
      <table className="sheet">
        <thead>
          <tr>
            <th>{t('devices.device')}</th>
            <th>{t('devices.lastAssociation')}</th>
            <th>{t('devices.lastEcho')}</th>
            <th>{t('devices.lastImage')}</th>
            <th className="is-number">{t('devices.images')}</th>
            <th className="is-wide">{t('devices.reach')}</th>
          </tr>
        </thead>
        <tbody>
          {status.devices.map((device) => (
            <DeviceRow key={device.aeTitle} device={device} now={status.at} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeviceRow({ device, now }: { device: DeviceStatus; now: string }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { aeTitle, name, kind, address } = device;
  return (
    <tr>
      <td>
        <strong className="figures">{aeTitle}</strong> {device.openAssociations > 0 && <Here />}
        <span className="device-facts aside">
          {[name, kind === null ? null : t(`devices.kinds.${kind}`)].filter((fact) => fact !== null).join(' · ')}
          {!device.isListed && <span className="outcome is-deny">{t('devices.notListed')}</span>}
        </span>
      </td>
      <td data-label={t('devices.lastAssociation')}>
        <Ago at={device.lastAssociationAt} now={now} />
      </td>
      <td data-label={t('devices.lastEcho')}>
        <Ago at={device.lastEchoAt} now={now} />
      </td>
      <td data-label={t('devices.lastImage')}>
        <Ago at={device.lastImageAt} now={now} />
      </td>
      <td className="is-number figures" data-label={t('devices.images')}>
        {number(device.images)}
      </td>
      <td data-label={t('devices.reach')}>
        <EchoTest aeTitle={aeTitle} address={address} />
      </td>
    </tr>
  );
}

function Here() {
  const { t } = useTranslation();
  return <span className="pulse" title={t('devices.isHere')} />;
}
