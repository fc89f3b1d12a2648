import { useProblemSentence } from '@yinglian/web/browser';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GatewayStatus, RefusedPackStatus } from '../../../../../src/show-status/gateway-status.js';
import { Ago } from '../../../time/ago.js';
import { useFormats } from '../../../time/formats.js';
import { useRetryPack } from '../api/retry-pack.js';

/** What only its device can send again. */
const DAMAGED = 'SPOOL_DAMAGED';

/** Images that the province's registry would not take, each with its reason and a way on. */
export function RefusedPacks({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation();
  const { total, packs } = status.refusedPacks;
  return (
    <div className="panel sheet-frame">
      <table className="sheet">
        <thead>
          <tr>
            <th className="is-wide">{t('refused.reason')}</th>
            <th className="is-number">{t('refused.size')}</th>
            <th>{t('refused.since')}</th>
            <th>{t('refused.pack')}</th>
            <th aria-label={t('refused.retry')} />
          </tr>
        </thead>
        <tbody>
          {packs.map((pack) => (
            <RefusedPackRow key={pack.digest} pack={pack} now={status.at} />
          ))}
        </tbody>
      </table>
      {total > packs.length && <p className="aside sheet-foot">{t('refused.more', { count: total - packs.length })}</p>}
    </div>
  );
}

function RefusedPackRow({ pack, now }: { pack: RefusedPackStatus; now: string }) {
  const { t, i18n } = useTranslation();
  const { bytes } = useFormats();
  const { message } = App.useApp();
  const sentence = useProblemSentence();
  const retry = useRetryPack(pack.digest);
  const run = () =>
    retry.mutate(undefined, {
      onSuccess: () => void message.success(t('refused.asked')),
      onError: (error) => void message.error(sentence(error).sentence),
    });
  const reason = `refused.reasons.${pack.reason}`;
  return (
    <tr>
      <td>
        {i18n.exists(reason) ? t(reason) : t('refused.otherReason')} <span className="fine-print">{pack.reason}</span>
      </td>
      <td className="is-number figures" data-label={t('refused.size')}>
        {bytes(pack.sizeBytes)}
      </td>
      <td data-label={t('refused.since')}>
        <Ago at={pack.refusedAt} now={now} />
      </td>
      <td className="figures aside" data-label={t('refused.pack')} title={pack.digest}>
        {pack.digest.slice(0, 12)}
      </td>
      <td className="is-action">
        {pack.isWaiting && <span className="aside">{t('refused.waiting')}</span>}
        {pack.reason !== DAMAGED && !pack.isWaiting && (
          <Button size="small" loading={retry.isPending} onClick={run}>
            {t('refused.retry')}
          </Button>
        )}
      </td>
    </tr>
  );
}
