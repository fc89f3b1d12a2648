import { ProblemNotice } from '@yinglian/web/browser';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDiscard } from '../api/discard-message.js';

const SHORTEST = 4;

/** A message that will never be applied: the reason is recorded with the person's name. */
export function DiscardDialog({ sequence, onClose }: { sequence: number; onClose: () => void }) {
  const { t } = useTranslation();
  const discard = useDiscard(sequence);
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={t('messages.discardTitle')}
      okText={t('messages.discard')}
      okButtonProps={{ danger: true, disabled: reason.trim().length < SHORTEST, loading: discard.isPending }}
      cancelText={t('actions.cancel')}
      onOk={() => discard.mutate(reason, { onSuccess: onClose })}
      onCancel={onClose}
      destroyOnHidden
    >
      <p>{t('messages.discardMeaning')}</p>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={200}
        aria-label={t('messages.discardReason')}
        placeholder={t('messages.discardReason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {discard.isError && <ProblemNotice error={discard.error} />}
    </Modal>
  );
}
