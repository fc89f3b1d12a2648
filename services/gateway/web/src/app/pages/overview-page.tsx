import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../../src/show-status/gateway-status.js';
import { BackfillSection } from '../../features/backfill/components/backfill-section.js';
import { MessageFigures } from '../../features/messages/components/message-figures.js';
import { AlarmList } from '../../features/status/components/alarm-list.js';
import { ArrivingTable } from '../../features/status/components/arriving-table.js';
import { LinkTable } from '../../features/status/components/link-table.js';
import { QueueFigures } from '../../features/status/components/queue-figures.js';
import { useFormats } from '../../time/formats.js';

export function OverviewPage({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  const { number, clock } = useFormats();
  const { code, name, aeTitle } = status.hospital;
  return (
    <div className="sections">
      <div className="page-head">
        <h1>{name ?? code}</h1>
        <span className="aside figures">{[code, aeTitle].filter(Boolean).join(' · ')}</span>
        <span className="spacer" />
        <span className="aside figures">{t('overview.asOf', { at: clock(status.at) })}</span>
      </div>
      <AlarmList status={status} />
      <section>
        <h2>{t('queue.title')}</h2>
        <QueueFigures status={status} />
      </section>
      <section>
        <h2>
          {t('arriving.title')} <span className="aside figures">{number(status.arriving.total)}</span>
        </h2>
        <ArrivingTable status={status} />
      </section>
      <section>
        <h2>{t('links.title')}</h2>
        <LinkTable status={status} />
      </section>
      <BackfillSection />
      {status.messages.senders.length > 0 && (
        <section>
          <h2>
            {t('messages.heard')} <span className="aside figures">{number(status.messages.today.received)}</span>
          </h2>
          <MessageFigures status={status} />
        </section>
      )}
    </div>
  );
}
