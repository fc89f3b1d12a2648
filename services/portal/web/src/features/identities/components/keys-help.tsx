import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const KEYS = ['j', 'k', 'l', 'a', 's', 'h', 'u', '?'] as const;

export function KeysHelp({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} title={t('desk.keys')} footer={null} onCancel={onClose}>
      <dl className="keys-help">
        {KEYS.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`desk.keysDo.${key === '?' ? 'help' : key}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="fine-print">{t('desk.keysInDialogs')}</p>
    </Modal>
  );
}
