import { ProblemNotice } from '@yinglian/web/browser';
import { Input, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from './use-keys.js';

interface Props {
  readonly open: boolean;
  readonly title: string;
  /** What follows from it. */
  readonly children?: ReactNode;
  readonly reasons: readonly string[];
  readonly submit: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  /** Whether what is chosen beside the note is complete. */
  readonly ready?: boolean;
  onSubmit(note: string): void;
  onCancel(): void;
}

/** Asks for the grounds of a decision: a number picks a common one, Enter confirms. */
export function NoteDialog({ open, title, children, reasons, submit, isPending, error, ready = true, ...on }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  useEffect(() => {
    if (open) setNote('');
  }, [open]);
  const isComplete = note.trim() !== '' && ready && !isPending;
  const confirm = () => {
    if (isComplete) on.onSubmit(note.trim());
  };
  const keys = Object.fromEntries(reasons.map((reason, at) => [String(at + 1), () => setNote(reason)]));
  useKeys({ ...keys, Enter: confirm }, open);
  return (
    <Modal
      open={open}
      title={title}
      okText={submit}
      okButtonProps={{ disabled: !isComplete }}
      confirmLoading={isPending}
      onOk={confirm}
      onCancel={on.onCancel}
      cancelText={t('actions.cancel')}
      destroyOnHidden
    >
      {children}
      <div className="reasons">
        {reasons.map((reason, at) => (
          <button
            key={reason}
            type="button"
            className="chip"
            aria-pressed={note === reason}
            onClick={() => setNote(reason)}
          >
            <kbd>{at + 1}</kbd> {reason}
          </button>
        ))}
      </div>
      <Input.TextArea
        value={note}
        onChange={({ target }) => setNote(target.value)}
        onPressEnter={(event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          confirm();
        }}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('conflicts.noteNeeded')}
        aria-label={t('conflicts.note')}
      />
      {error !== null && <ProblemNotice error={error} />}
    </Modal>
  );
}
