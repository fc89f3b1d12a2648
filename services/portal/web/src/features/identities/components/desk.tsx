import { ArrowLeftOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type QueueFilter, useConflicts } from '../api/list-conflicts.js';
import { useConflict } from '../api/show-conflict.js';
import { afterDecision, neighbour } from '../domain/neighbour.js';
import { ConflictQueue } from './conflict-queue.js';
import { DeskActions, KEY_OF_ACT } from './desk-actions.js';
import { DeskDialogs } from './desk-dialogs.js';
import { ShownConflict } from './shown-conflict.js';
import { useDesk } from './use-desk.js';
import { useKeys } from './use-keys.js';

interface Props {
  readonly filter: QueueFilter;
  /** What the address says; on a wide screen the first of the queue when it says none. */
  readonly asked: string | null;
  readonly isWide: boolean;
  readonly hospitalName: (code: string) => string;
  onShow(conflictId: string | null): void;
}

/** The queue on the left, one question on the right; on a phone one of them. */
export function Desk({ filter, asked, isWide, hospitalName, onShow }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const conflicts = useConflicts(filter);
  const ids = (conflicts.data?.pages ?? []).flatMap((page) => page.conflicts).map(({ conflictId }) => conflictId);
  const shownId = asked ?? (isWide ? (ids[0] ?? null) : null);
  const conflict = useConflict(shownId);
  const { dialog, setDialog, remember, can, act } = useDesk(shownId === null ? undefined : conflict.data);
  const step = (by: 1 | -1) => () => {
    const next = neighbour(ids, shownId, by);
    if (next !== null) onShow(next);
  };
  const acts = Object.fromEntries(Object.entries(KEY_OF_ACT).map(([key, one]) => [key, () => act(one)]));
  const help = () => setDialog({ kind: 'help' });
  useKeys({ ...acts, j: step(1), k: step(-1), '?': help }, dialog === null);
  const close = () => setDialog(null);
  const goOn = (done: string, said: string) => {
    close();
    void message.success(said);
    onShow(afterDecision(ids, done));
  };
  const isEmpty = shownId === null && conflicts.isSuccess && ids.length === 0;
  return (
    <div className={`desk ${shownId !== null ? 'is-showing' : ''} ${isEmpty ? 'is-empty' : ''}`}>
      <div className="desk-queue">
        <ConflictQueue
          conflicts={conflicts}
          state={filter.state}
          isFiltered={filter.kind !== undefined || filter.hospital !== undefined}
          shownId={shownId}
          hospitalName={hospitalName}
          onShow={({ conflictId }) => onShow(conflictId)}
        />
      </div>
      <div className="desk-shown">
        {shownId !== null && (
          <Button type="text" className="desk-back" icon={<ArrowLeftOutlined />} onClick={() => onShow(null)}>
            {t('conflicts.title')}
          </Button>
        )}
        {shownId !== null && (
          <ShownConflict
            conflict={conflict}
            hospitalName={hospitalName}
            onAnswer={(question) => setDialog({ kind: 'answer', question })}
          />
        )}
        {(shownId !== null || can.undo) && <DeskActions can={can} onAct={act} onHelp={help} />}
      </div>
      <DeskDialogs
        dialog={dialog}
        hospitalName={hospitalName}
        onClose={close}
        onDecided={({ decisionId, decision }, { conflictId }) => {
          if (decisionId !== null) remember({ decisionId, conflictId });
          const said = t(decision === 'link' ? 'conflicts.linked' : 'conflicts.keptApart');
          goOn(conflictId, t('desk.undoOffered', { said }));
        }}
        onSplit={(decisionId, { conflictId }) => {
          remember({ decisionId, conflictId });
          close();
          void message.success(t('desk.undoOffered', { said: t('desk.splitDone') }));
        }}
        onAsked={({ conflictId }) => goOn(conflictId, t('desk.asked'))}
        onUndone={({ conflictId }) => {
          remember(null);
          close();
          void message.success(t('desk.undoDone'));
          onShow(conflictId);
        }}
      />
    </div>
  );
}
