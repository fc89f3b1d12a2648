import { useTranslation } from 'react-i18next';
import { useAnswerQuestion } from '../api/change-identities.js';
import { NoteDialog } from './note-dialog.js';
import { useReasons } from './use-reasons.js';

interface Props {
  readonly asked: { readonly questionId: string; readonly question: string } | null;
  onDone(): void;
  onCancel(): void;
}

/** What a hospital answers, written down by itself or by whoever was told. */
export function AnswerDialog({ asked, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const answer = useAnswerQuestion();
  return (
    <NoteDialog
      open={asked !== null}
      title={t('desk.answerTitle')}
      reasons={useReasons('answer')}
      submit={t('desk.answer')}
      isPending={answer.isPending}
      error={answer.error}
      onSubmit={(text) => {
        if (asked !== null) answer.mutate({ questionId: asked.questionId, answer: text }, { onSuccess: onDone });
      }}
      onCancel={onCancel}
    >
      <p>{asked?.question}</p>
    </NoteDialog>
  );
}
