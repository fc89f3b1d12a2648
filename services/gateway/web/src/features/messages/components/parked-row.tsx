import { useProblemSentence } from '@yinglian/web/browser';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParkedMessageStatus } from '../../../../../src/decide-on-messages/parked-messages.js';
import { Ago } from '../../../time/ago.js';
import { useReplay } from '../api/replay-messages.js';
import { DiscardDialog } from './discard-dialog.js';
import { RawMessageDialog } from './raw-message-dialog.js';
import { useReasonWords } from './use-reason-words.js';

export function ParkedRow({ parked, now }: { parked: ParkedMessageStatus; now: string }) {
  const { t } = useTranslation();
  const reasonWords = useReasonWords();
  const { message } = App.useApp();
  const sentence = useProblemSentence();
  const replay = useReplay();
  const [open, setOpen] = useState<'raw' | 'discard' | null>(null);
  const { sequence, type, application, facility, controlId, reason, place, waitingBehind } = parked;
  const run = () =>
    replay.mutate(
      { sequences: [sequence] },
      {
        onSuccess: ({ replayed }) => void message.success(t('messages.replayed', { count: replayed })),
        onError: (error) => void message.error(sentence(error).sentence),
      },
    );
  return (
    <tr>
      <td>
        <strong className="figures">{type}</strong>
        <span className="device-facts aside figures">
          {[application, facility].filter(Boolean).join(' / ')} · {controlId}
          {parked.isControlIdReused && <span className="outcome">{t('messages.idReused')}</span>}
        </span>
      </td>
      <td data-label={t('messages.reason')}>
        {reasonWords(reason)} <span className="fine-print figures">{place}</span>
      </td>
      <td className="is-number figures" data-label={t('messages.behind')}>
        {waitingBehind === 0 ? '–' : waitingBehind}
      </td>
      <td data-label={t('messages.since')}>
        <Ago at={parked.receivedAt} now={now} />
      </td>
      <td className="is-action">
        <span className="actions">
          <Button size="small" loading={replay.isPending} onClick={run}>
            {t('messages.replay')}
          </Button>
          <Button size="small" type="text" onClick={() => setOpen('raw')}>
            {t('messages.look')}
          </Button>
          <Button size="small" type="text" danger onClick={() => setOpen('discard')}>
            {t('messages.discard')}
          </Button>
        </span>
        {open === 'raw' && <RawMessageDialog sequence={sequence} onClose={() => setOpen(null)} />}
        {open === 'discard' && <DiscardDialog sequence={sequence} onClose={() => setOpen(null)} />}
      </td>
    </tr>
  );
}
