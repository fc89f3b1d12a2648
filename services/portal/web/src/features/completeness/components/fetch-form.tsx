import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRequestStudy } from '../api/study-requests.js';

interface Fields {
  readonly by: 'accessionNumber' | 'studyInstanceUid';
  readonly value: string;
}

/** A UID (PS3.5 section 9.1): components of digits, 64 characters at most. */
const UID = /^(?=.{1,64}$)(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/;
const LONGEST = 64;

/** Asks for a study that no gap names, by a number that the hospital tells. */
export function FetchForm({ hospital }: { hospital: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const fetch = useRequestStudy(hospital);
  const by = Form.useWatch('by', form) ?? 'accessionNumber';
  const send = ({ value }: Fields) =>
    fetch.mutate(by === 'studyInstanceUid' ? { studyInstanceUid: value.trim() } : { accessionNumber: value.trim() }, {
      onSuccess: () => form.resetFields(['value']),
    });
  const rules = [
    { required: true, whitespace: true, message: t('actions.required') },
    ...(by === 'studyInstanceUid' ? [{ pattern: UID, message: t('fetching.uidInvalid') }] : []),
  ];
  return (
    <Form<Fields>
      form={form}
      className="fetch-form"
      requiredMark={false}
      onFinish={send}
      initialValues={{ by: 'accessionNumber', value: '' }}
    >
      <Form.Item name="by">
        <Select
          aria-label={t('fetching.by')}
          options={(['accessionNumber', 'studyInstanceUid'] as const).map((value) => ({
            value,
            label: t(`fetching.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="value" rules={rules}>
        <Input maxLength={LONGEST} autoComplete="off" aria-label={t(`fetching.${by}`)} />
      </Form.Item>
      <Button htmlType="submit" loading={fetch.isPending}>
        {t('fetching.fetch')}
      </Button>
      {fetch.isError && <ProblemNotice error={fetch.error} />}
    </Form>
  );
}
