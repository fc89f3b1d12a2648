import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../../src/show-status/gateway-status.js';
import { JoinSection } from '../../features/joins/components/join-section.js';
import { ParkedList } from '../../features/messages/components/parked-list.js';
import { RefusedPacks } from '../../features/refused-packs/components/refused-packs.js';
import { heldCount } from '../../features/status/domain/held-count.js';

/** What waits for a person: nothing of it is lost, nothing of it goes on by itself. */
export function HeldPage({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  return (
    <div className="sections">
      <div className="page-head">
        <h1>{t('held.title')}</h1>
      </div>
      {heldCount(status) === 0 && (
        <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('held.none')}>
          <span className="aside">{t('held.noneHint')}</span>
        </Empty>
      )}
      {status.messages.parked > 0 && (
        <section>
          <h2>
            {t('messages.title')} <span className="aside figures">{status.messages.parked}</span>
          </h2>
          <p className="aside">{t('messages.meaning')}</p>
          <ParkedList parked={status.messages.parked} now={status.at} />
        </section>
      )}
      {status.joins.undecided + status.joins.decided > 0 && <JoinSection counts={status.joins} />}
      {status.refusedPacks.total > 0 && (
        <section>
          <h2>
            {t('refused.title')} <span className="aside figures">{status.refusedPacks.total}</span>
          </h2>
          <p className="aside">{t('refused.meaning')}</p>
          <RefusedPacks status={status} />
        </section>
      )}
    </div>
  );
}
