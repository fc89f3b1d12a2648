import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useComplain } from '../api/complaints.js';

/** Below a look that is not the patient's own: they say what is wrong about it, in a sentence. */
export function ComplainButton({ personId, accessId }: { readonly personId: string; readonly accessId: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const complain = useComplain(personId, accessId);
  if (complain.isSuccess) return <span className="aside complained">{t('complaints.done')}</span>;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('complaints.open')}
      </Button>
      <Modal
        open={isOpen}
        title={t('complaints.title')}
        okText={t('complaints.submit')}
        cancelText={t('actions.cancel')}
        confirmLoading={complain.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
        width={480}
      >
        <p>{t('complaints.hint')}</p>
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ reason }) => complain.mutate(reason.trim())}
        >
          <Form.Item
            name="reason"
            label={t('complaints.reason')}
            rules={[{ required: true, whitespace: true, min: 3, message: t('actions.required') }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount placeholder={t('complaints.placeholder')} />
          </Form.Item>
          {complain.isError && <ProblemNotice error={complain.error} />}
        </Form>
      </Modal>
    </>
  );
}
