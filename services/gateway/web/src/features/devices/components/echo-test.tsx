import { useProblemSentence } from '@yinglian/web/browser';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EchoOutcome } from '../../../../../src/test-echo/echo-outcome.js';
import { useEcho } from '../api/echo-device.js';

/** A test echo to a device, and what came of it. */
export function EchoTest({ aeTitle, address }: { aeTitle: string; address: string | null }) {
  const { t } = useTranslation();
  const echo = useEcho(aeTitle);
  const sentence = useProblemSentence();
  if (address === null) return <span className="fine-print">{t('devices.noAddress')}</span>;
  return (
    <span className="echo">
      <span className="figures">{address}</span>
      <Button size="small" loading={echo.isPending} onClick={() => echo.mutate()}>
        {t('devices.echo')}
      </Button>
      <span role="status">
        {echo.isError && <span className="outcome is-deny">{sentence(echo.error).sentence}</span>}
        {echo.data && <Outcome outcome={echo.data} />}
      </span>
    </span>
  );
}

function Outcome({ outcome }: { outcome: EchoOutcome }) {
  const { t } = useTranslation();
  const { result, ms, detail } = outcome;
  return (
    <span className={`outcome ${result === 'answered' ? 'is-permit' : 'is-deny'}`} title={detail ?? undefined}>
      {t(`devices.outcomes.${result}`)} <span className="figures">{t('devices.ms', { ms })}</span>
    </span>
  );
}
