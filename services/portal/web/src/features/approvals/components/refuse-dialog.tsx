import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly name: string;
  readonly open: boolean;
  onClose(): void;
  onRefuse(reason: string): void;
}

/** Whoever asked is told why not. */
export function RefuseDialog({ name, open, onClose, onRefuse }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open={open}
      title={t('approvals.refuseTitle', { name })}
      okText={t('approvals.refuse')}
      okButtonProps={{ danger: true }}
      cancelText={t('actions.cancel')}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
      width={480}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => {
          onRefuse(reason.trim());
          onClose();
        }}
      >
        <Form.Item
          name="reason"
          label={t('approvals.why')}
          rules={[{ required: true, whitespace: true, message: t('actions.required') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
