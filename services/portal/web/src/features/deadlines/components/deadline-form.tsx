import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type DeadlineSetting, useSetDeadline } from '../api/deadlines.js';

type Fields = Omit<DeadlineSetting, 'validFrom'> & { readonly validFrom: Dayjs };

const LONGEST_MINUTES = 43_200;

export function DeadlineForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const set = useSetDeadline();
  const required = [{ required: true, message: t('actions.required') }];
  const save = ({ validFrom, ...fields }: Fields) =>
    set.mutate(
      { ...fields, validFrom: validFrom.format('YYYY-MM-DD') },
      {
        onSuccess: () => {
          form.resetFields();
          void message.success(t('deadlines.saved'));
        },
      },
    );
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={save} initialValues={{ validFrom: dayjs() }}>
      <Form.Item name="priority" label={t('deadlines.priority')} rules={required}>
        <Select
          options={(['urgent', 'routine'] as const).map((value) => ({
            value,
            label: t(`deadlines.priorities.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="minutes" label={t('deadlines.minutes')} rules={required}>
        <InputNumber min={1} max={LONGEST_MINUTES} precision={0} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="validFrom" label={t('deadlines.validFrom')} rules={required}>
        <DatePicker allowClear={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="source"
        label={t('deadlines.source')}
        rules={[{ required: true, whitespace: true, message: t('actions.required') }]}
      >
        <Input maxLength={200} placeholder={t('deadlines.sourceHint')} />
      </Form.Item>
      {set.isError && <ProblemNotice error={set.error} />}
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t('actions.save')}
      </Button>
    </Form>
  );
}
