import type { BreakGlassVerdict } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReview } from '../api/review-glass.js';
import { VERDICTS } from '../domain/glass.js';

interface Props {
  readonly breakGlassId: string;
  /** There is a verdict already: another one stands beside it. */
  readonly isFurther: boolean;
}

/** The auditor's verdict. One that is given cannot be changed. */
export function ReviewForm({ breakGlassId, isFurther }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ verdict: BreakGlassVerdict; note?: string }>();
  const review = useReview(breakGlassId);
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="panel review-form"
      onFinish={({ verdict, note = '' }) =>
        review.mutate({ verdict, note: note.trim() }, { onSuccess: () => form.resetFields() })
      }
    >
      <Form.Item
        name="verdict"
        label={t(isFurther ? 'glass.furtherVerdict' : 'glass.verdict')}
        rules={[{ required: true, message: t('actions.required') }]}
      >
        <Radio.Group
          optionType="button"
          options={VERDICTS.map((value) => ({ value, label: t(`glass.verdicts.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('glass.note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      {review.isError && <ProblemNotice error={review.error} />}
      <Button type="primary" htmlType="submit" loading={review.isPending}>
        {t('glass.give')}
      </Button>
    </Form>
  );
}
