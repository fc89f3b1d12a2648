import { Button, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddPasskey } from '../api/second-factors.js';
import { PasskeyProblem } from './passkey-problem.js';

const NAME_LENGTH = 60;

/** Names a passkey and has the browser make it. */
export function AddPasskey() {
  const { t } = useTranslation();
  const add = useAddPasskey();
  const [form] = Form.useForm<{ name: string }>();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t('secondFactors.add')}</Button>;
  const close = () => {
    setOpen(false);
    add.reset();
  };
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={({ name }) => add.mutate(name, { onSuccess: close })}
      requiredMark={false}
    >
      <Form.Item
        name="name"
        label={t('secondFactors.name')}
        extra={t('secondFactors.nameHint')}
        rules={[{ required: true, whitespace: true, message: t('secondFactors.nameNeeded') }]}
      >
        <Input maxLength={NAME_LENGTH} autoFocus />
      </Form.Item>
      {add.isError && <PasskeyProblem error={add.error} onProved={add.reset} />}
      <Space wrap>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('secondFactors.add')}
        </Button>
        <Button onClick={close}>{t('actions.cancel')}</Button>
      </Space>
    </Form>
  );
}
