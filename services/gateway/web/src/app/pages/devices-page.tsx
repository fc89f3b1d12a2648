import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../../src/show-status/gateway-status.js';
import { DeviceTable } from '../../features/devices/components/device-table.js';

export function DevicesPage({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  return (
    <div className="sections">
      <div className="page-head">
        <h1>{t('devices.title')}</h1>
      </div>
      <DeviceTable status={status} />
    </div>
  );
}
