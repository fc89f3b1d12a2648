import { CheckCircleFilled, ExclamationCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Pixels } from '../domain/quarantine-case.js';

/** Whether the stored pixels are the same, in a word and a sign: never by colour alone. `where` says in how many of them. */
export function PixelVerdict({ pixels, where = '' }: { pixels: Pixels; where?: string }) {
  const { t } = useTranslation();
  const sign = { equal: <CheckCircleFilled />, differ: <ExclamationCircleFilled /> };
  return (
    <span className={`pixels is-${pixels}`}>
      {pixels === 'equal' || pixels === 'differ' ? sign[pixels] : <MinusCircleOutlined />}{' '}
      {t(`quarantine.pixels.${pixels}`)}
      {where}
    </span>
  );
}
