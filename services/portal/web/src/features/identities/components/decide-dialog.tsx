import { useTranslation } from 'react-i18next';
import { useDecideConflict } from '../api/change-identities.js';
import type { Conflict, DecisionMade } from '../domain/conflict.js';
import { NoteDialog } from './note-dialog.js';
import { useReasons } from './use-reasons.js';

interface Props {
  readonly decision: DecisionMade['decision'];
  readonly conflict: Conflict | null;
  onDone(made: DecisionMade, conflict: Conflict): void;
  onCancel(): void;
}

/** The grounds for linking or keeping apart, and what follows from it. */
export function DecideDialog({ decision, conflict, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const decide = useDecideConflict();
  return (
    <NoteDialog
      open={conflict !== null}
      title={t(decision === 'link' ? 'conflicts.link' : 'conflicts.keepApart')}
      reasons={useReasons(decision)}
      submit={t(`desk.acts.${decision}`)}
      isPending={decide.isPending}
      error={decide.error}
      onSubmit={(note) => {
        if (conflict === null) return;
        decide.mutate(
          { conflictId: conflict.conflictId, decision, note },
          { onSuccess: (made) => onDone(made, conflict) },
        );
      }}
      onCancel={onCancel}
    >
      <p className="aside">{t(decision === 'link' ? 'desk.linkMeans' : 'desk.apartMeans')}</p>
    </NoteDialog>
  );
}
