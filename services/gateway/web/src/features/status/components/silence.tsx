import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../time/formats.js';
import type { useStatus } from '../api/read-status.js';

/** That the gateway does not answer, and how old what is seen is. */
export function Silence({ status }: { status: ReturnType<typeof useStatus> }) {
  const { t } = useTranslation();
  const { clock } = useFormats();
  if (!status.isError) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={t('silence.title')}
      description={status.data === undefined ? t('silence.never') : t('silence.since', { at: clock(status.data.at) })}
    />
  );
}
