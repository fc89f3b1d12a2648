import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { isCreditCode } from '../domain/credit-code.js';

/** Says at once whether the check character fits. A wrong one is a warning only: some real codes are wrong. */
export function CreditCodeField() {
  const { t } = useTranslation();
  const code: string = Form.useWatch('creditCode') ?? '';
  const verdict = code.length < 18 ? null : isCreditCode(code);
  return (
    <Form.Item
      name="creditCode"
      label={t('hospitals.creditCode')}
      normalize={(value: string) => value.toUpperCase().replace(/\s/g, '')}
      rules={[{ pattern: /^[0-9A-Z]{18}$/, message: t('hospitals.creditCodeLength') }]}
      hasFeedback={verdict !== null}
      {...(verdict === null
        ? {}
        : {
            validateStatus: verdict ? ('success' as const) : ('warning' as const),
            help: t(verdict ? 'hospitals.creditCodeOk' : 'hospitals.creditCodeWarning'),
          })}
    >
      <Input maxLength={18} className="figures" autoComplete="off" />
    </Form.Item>
  );
}
