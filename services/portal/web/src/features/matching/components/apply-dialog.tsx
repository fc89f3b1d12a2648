import { ProblemNotice } from '@yinglian/web/browser';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApplySettings } from '../api/match-settings.js';
import type { Draft, Preview } from '../domain/match-settings.js';

interface Props {
  readonly open: boolean;
  readonly draft: Draft;
  readonly preview: Preview;
  onDone(): void;
  onCancel(): void;
}

/** Says once more what follows, and asks why. */
export function ApplyDialog({ open, draft, preview, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const apply = useApplySettings();
  const [note, setNote] = useState('');
  return (
    <Modal
      open={open}
      title={t('matching.applyTitle')}
      okText={t('matching.apply')}
      okButtonProps={{ disabled: note.trim() === '' }}
      confirmLoading={apply.isPending}
      cancelText={t('actions.cancel')}
      onOk={() =>
        apply.mutate(
          { ...draft, baseVersion: preview.baseVersion, note: note.trim() },
          {
            onSuccess: () => {
              setNote('');
              onDone();
            },
          },
        )
      }
      onCancel={onCancel}
      destroyOnHidden
    >
      <p>
        {t('matching.applyMeans', {
          setAside: preview.openQuestions.setAside ?? t('matching.notTold'),
          comeBack: preview.openQuestions.comeBack ?? t('matching.notTold'),
        })}
      </p>
      <Input.TextArea
        value={note}
        onChange={({ target }) => setNote(target.value)}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('matching.why')}
        aria-label={t('matching.why')}
      />
      {apply.error !== null && <ProblemNotice error={apply.error} />}
    </Modal>
  );
}
