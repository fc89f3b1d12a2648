import { ProblemNotice, useProblemSentence } from '@yinglian/web/browser';
import { App, Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParkedMessages } from '../api/parked-messages.js';
import { useReplay } from '../api/replay-messages.js';
import { ParkedRow } from './parked-row.js';
import { useReasonWords } from './use-reason-words.js';

/** Messages that could not be applied: by reason, and each one with what can be done. */
export function ParkedList({ parked, now }: { parked: number; now: string }) {
  const { t } = useTranslation();
  const reasonWords = useReasonWords();
  const { message } = App.useApp();
  const sentence = useProblemSentence();
  const list = useParkedMessages(parked);
  const replay = useReplay();
  if (list.isPending) return <Skeleton active />;
  if (list.isError) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  const replayAll = (reason: string) =>
    replay.mutate(
      { reason },
      {
        onSuccess: ({ replayed }) => void message.success(t('messages.replayed', { count: replayed })),
        onError: (error) => void message.error(sentence(error).sentence),
      },
    );
  const { messages, byReason } = list.data;
  return (
    <>
      <ul className="reasons">
        {byReason.map(({ reason, messages: count }) => (
          <li key={reason}>
            {reasonWords(reason)} <strong className="figures">{count}</strong>
            <Button type="link" size="small" disabled={replay.isPending} onClick={() => replayAll(reason)}>
              {t('messages.replayAll')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="panel sheet-frame">
        <table className="sheet">
          <thead>
            <tr>
              <th>{t('messages.message')}</th>
              <th className="is-wide">{t('messages.reason')}</th>
              <th className="is-number">{t('messages.behind')}</th>
              <th>{t('messages.since')}</th>
              <th aria-label={t('messages.actions')} />
            </tr>
          </thead>
          <tbody>
            {messages.map((each) => (
              <ParkedRow key={each.sequence} parked={each} now={now} />
            ))}
          </tbody>
        </table>
        {parked > messages.length && (
          <p className="aside sheet-foot">{t('messages.more', { count: parked - messages.length })}</p>
        )}
      </div>
    </>
  );
}
