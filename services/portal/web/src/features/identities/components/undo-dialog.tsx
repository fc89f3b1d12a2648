import { useTranslation } from 'react-i18next';
import { useWithdrawDecision } from '../api/change-identities.js';
import { NoteDialog } from './note-dialog.js';
import { useReasons } from './use-reasons.js';

interface Props {
  readonly decisionId: string | null;
  onDone(): void;
  onCancel(): void;
}

/** Why a decision is taken back. */
export function UndoDialog({ decisionId, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const withdraw = useWithdrawDecision();
  return (
    <NoteDialog
      open={decisionId !== null}
      title={t('desk.undoTitle')}
      reasons={useReasons('undo')}
      submit={t('desk.acts.undo')}
      isPending={withdraw.isPending}
      error={withdraw.error}
      onSubmit={(note) => {
        if (decisionId !== null) withdraw.mutate({ decisionId, note }, { onSuccess: onDone });
      }}
      onCancel={onCancel}
    >
      <p className="aside">{t('desk.undoMeans')}</p>
    </NoteDialog>
  );
}
