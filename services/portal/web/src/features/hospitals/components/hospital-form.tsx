import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Form, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type HospitalToSave, useSaveHospital } from '../api/save-hospital.js';
import { type Hospital, isAeTitle, LEVELS, PIXELS } from '../domain/hospital.js';
import { CreditCodeField } from './credit-code-field.js';

/** A new hospital, or the one given. */
export function HospitalForm({ hospital, onSaved }: { hospital: Hospital | null; onSaved: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useSaveHospital(hospital);
  const submit = (values: HospitalToSave) =>
    save.mutate(
      { ...values, name: values.name.trim(), creditCode: values.creditCode || null },
      {
        onSuccess: () => {
          void message.success(t('hospitals.saved'));
          onSaved();
        },
      },
    );
  return (
    <Form<HospitalToSave>
      layout="vertical"
      initialValues={hospital ?? { level: 'county', callingAeTitles: [], pixels: 'upload' }}
      onFinish={submit}
      requiredMark={false}
    >
      <Form.Item
        name="code"
        label={t('hospitals.code')}
        extra={t('hospitals.codeHint')}
        normalize={(value: string) => value.toUpperCase()}
        rules={[{ required: true, pattern: /^[A-Z][A-Z0-9]{1,15}$/, message: t('hospitals.codeInvalid') }]}
      >
        <Input disabled={hospital !== null} maxLength={16} autoComplete="off" className="figures" />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('hospitals.name')}
        rules={[{ required: true, whitespace: true, message: t('actions.required') }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="level" label={t('hospitals.level')}>
        <Segmented block options={LEVELS.map((level) => ({ value: level, label: t(`hospitals.levels.${level}`) }))} />
      </Form.Item>
      <CreditCodeField />
      <Form.Item
        name="callingAeTitles"
        label={t('hospitals.callingAeTitles')}
        extra={t('hospitals.callingAeTitlesHint')}
        rules={[
          {
            validator: async (_, titles: readonly string[]) => {
              const wrong = titles.find((title) => !isAeTitle(title));
              if (wrong !== undefined) throw new Error(t('hospitals.aeTitleInvalid', { value: wrong }));
            },
          },
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', ';', ',']} className="figures" />
      </Form.Item>
      <Form.Item name="pixels" label={t('hospitals.pixels')} extra={t('hospitals.pixelsHint')}>
        <Segmented block options={PIXELS.map((value) => ({ value, label: t(`hospitals.pixelsKinds.${value}`) }))} />
      </Form.Item>
      {save.isError && <ProblemNotice error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending} block className="form-submit">
        {t('actions.save')}
      </Button>
    </Form>
  );
}
