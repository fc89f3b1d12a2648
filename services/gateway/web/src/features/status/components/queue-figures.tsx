import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../../../src/show-status/gateway-status.js';
import { Figure } from '../../../figures/figure.js';
import { Ago } from '../../../time/ago.js';
import { useFormats } from '../../../time/formats.js';

/** What was acknowledged and is not at the province yet. */
export function QueueFigures({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  const { number, bytes } = useFormats();
  const { queue, at } = status;
  return (
    <dl className="figure-grid panel">
      <Figure label={t('queue.studies')}>{number(queue.studies)}</Figure>
      <Figure label={t('queue.instances')}>{number(queue.instances)}</Figure>
      <Figure label={t('queue.bytes')}>{bytes(queue.bytes)}</Figure>
      <Figure label={t('queue.oldest')}>
        <Ago at={queue.oldestAt} now={at} />
      </Figure>
      <Figure label={t('queue.room')} isBad={!queue.hasRoom}>
        {t(queue.hasRoom ? 'queue.hasRoom' : 'queue.noRoom')}
      </Figure>
    </dl>
  );
}
