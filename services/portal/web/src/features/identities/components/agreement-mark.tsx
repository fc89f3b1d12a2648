import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '../domain/conflict.js';

/** Whether a field agrees with the record in question: a sign and a word, never colour alone. */
export function AgreementMark({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation();
  if (agreement === 'unknown') return null;
  return (
    <span className={`verdict is-${agreement}`}>
      {agreement === 'agree' ? <CheckOutlined /> : <CloseOutlined />} {t(`conflicts.${agreement}`)}
    </span>
  );
}
