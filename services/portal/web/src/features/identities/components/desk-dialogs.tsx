import type { Conflict, DecisionMade } from '../domain/conflict.js';
import { AnswerDialog } from './answer-dialog.js';
import { AskDialog } from './ask-dialog.js';
import { DecideDialog } from './decide-dialog.js';
import { KeysHelp } from './keys-help.js';
import { SplitDialog } from './split-dialog.js';
import { UndoDialog } from './undo-dialog.js';
import type { Dialog, LastDecision } from './use-desk.js';

interface Props {
  readonly dialog: Dialog | null;
  readonly hospitalName: (code: string) => string;
  onClose(): void;
  onDecided(made: DecisionMade, conflict: Conflict): void;
  onSplit(decisionId: string, conflict: Conflict): void;
  onAsked(conflict: Conflict): void;
  onUndone(decision: LastDecision): void;
}

/** Whichever dialog of the desk is open. */
export function DeskDialogs({ dialog, hospitalName, onClose, ...on }: Props) {
  const about = (kind: Dialog['kind']) =>
    dialog !== null && dialog.kind === kind && 'conflict' in dialog ? dialog.conflict : null;
  const toSplit = about('split');
  const undone = dialog?.kind === 'undo' ? dialog.decision : null;
  return (
    <>
      {(['link', 'keep-apart'] as const).map((decision) => (
        <DecideDialog
          key={decision}
          decision={decision}
          conflict={about(decision)}
          onDone={on.onDecided}
          onCancel={onClose}
        />
      ))}
      <SplitDialog
        open={toSplit !== null}
        records={toSplit?.records ?? []}
        hospitalName={hospitalName}
        onDone={(decisionId) => {
          if (toSplit !== null) on.onSplit(decisionId, toSplit);
        }}
        onCancel={onClose}
      />
      <AskDialog conflict={about('ask')} hospitalName={hospitalName} onDone={on.onAsked} onCancel={onClose} />
      <UndoDialog
        decisionId={undone?.decisionId ?? null}
        onDone={() => {
          if (undone !== null) on.onUndone(undone);
        }}
        onCancel={onClose}
      />
      <AnswerDialog asked={dialog?.kind === 'answer' ? dialog.question : null} onDone={onClose} onCancel={onClose} />
      <KeysHelp open={dialog?.kind === 'help'} onClose={onClose} />
    </>
  );
}
