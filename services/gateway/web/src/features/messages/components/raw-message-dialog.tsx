import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLook } from '../api/look-at-message.js';

/** A message as it came, once the person has said that they want to see a patient's data. */
export function RawMessageDialog({ sequence, onClose }: { sequence: number; onClose: () => void }) {
  const { t } = useTranslation();
  const look = useLook(sequence);
  const raw = look.data;
  return (
    <Modal open title={t('messages.raw')} onCancel={onClose} footer={null} width={760} destroyOnHidden>
      {raw === undefined ? (
        <>
          <p>{t('messages.rawWarning')}</p>
          {look.isError && <ProblemNotice error={look.error} />}
          <Button type="primary" loading={look.isPending} onClick={() => look.mutate()}>
            {t('messages.rawShow')}
          </Button>
        </>
      ) : (
        <>
          <p className="fine-print">
            {raw.charset.toUpperCase()}
            {raw.isGuessed && ` · ${t('messages.rawGuessed')}`}
            {raw.isCut && ` · ${t('messages.rawCut')}`}
          </p>
          <pre className="raw-message">{raw.text}</pre>
        </>
      )}
    </Modal>
  );
}
