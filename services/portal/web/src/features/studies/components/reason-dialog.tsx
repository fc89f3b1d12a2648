import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDeclareRelationship } from '../api/declare-relationship.js';

const PRESETS = ['referral', 'emergency', 'consultation'] as const;

interface Props {
  readonly personId: string;
  readonly open: boolean;
  onDeclared(): void;
  onCancel(): void;
}

/** Why somebody whose hospital has not treated the patient must see the images. */
export function ReasonDialog({ personId, open, onDeclared, onCancel }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const declare = useDeclareRelationship(personId);
  return (
    <Modal
      open={open}
      title={t('reason.title')}
      okText={t('reason.submit')}
      cancelText={t('actions.cancel')}
      confirmLoading={declare.isPending}
      onOk={() => form.submit()}
      onCancel={onCancel}
      destroyOnHidden
      width={480}
    >
      <p>{t('reason.why')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => declare.mutate(reason.trim(), { onSuccess: onDeclared })}
      >
        <div className="presets">
          {PRESETS.map((preset) => (
            <Button
              key={preset}
              size="small"
              onClick={() => form.setFieldValue('reason', t(`reason.presets.${preset}`))}
            >
              {t(`reason.presets.${preset}`)}
            </Button>
          ))}
        </div>
        <Form.Item
          name="reason"
          label={t('reason.label')}
          rules={[{ required: true, whitespace: true, min: 4, message: t('reason.tooShort') }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount placeholder={t('reason.placeholder')} />
        </Form.Item>
        {declare.isError && <ProblemNotice error={declare.error} />}
      </Form>
    </Modal>
  );
}
