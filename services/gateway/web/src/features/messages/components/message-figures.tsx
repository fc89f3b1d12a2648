import { useTranslation } from 'react-i18next';
import type { GatewayStatus } from '../../../../../src/show-status/gateway-status.js';
import { Ago } from '../../../time/ago.js';
import { useFormats } from '../../../time/formats.js';

/** How HIS and RIS were heard today: a sender that has fallen silent is seen here. */
export function MessageFigures({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <div className="panel sheet-frame">
      <table className="sheet">
        <thead>
          <tr>
            <th>{t('messages.sender')}</th>
            <th className="is-number">{t('messages.receivedToday')}</th>
            <th>{t('messages.lastMessage')}</th>
          </tr>
        </thead>
        <tbody>
          {status.messages.senders.map(({ application, facility, receivedToday, lastMessageAt }) => (
            <tr key={`${application} ${facility}`}>
              <td className="figures">{[application, facility].filter(Boolean).join(' / ')}</td>
              <td className="is-number figures" data-label={t('messages.receivedToday')}>
                {number(receivedToday)}
              </td>
              <td data-label={t('messages.lastMessage')}>
                <Ago at={lastMessageAt} now={status.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
