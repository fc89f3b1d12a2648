import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { proveAgain } from './session.js';

/** What follows needs a second factor that was proved just now. */
export function ProveFirst({ onProved }: { onProved?: () => void }) {
  const { t } = useTranslation();
  const prove = async () => {
    if (await proveAgain()) onProved?.();
  };
  return (
    <Alert
      type="warning"
      showIcon
      title={t('session.proveFirst')}
      action={
        <Button size="small" onClick={() => void prove()}>
          {t('session.prove')}
        </Button>
      }
    />
  );
}
