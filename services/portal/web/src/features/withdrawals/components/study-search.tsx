import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { StudyClue } from '../api/find-studies.js';
import { rememberClue, useLastClue } from './search-memory.js';

const NUMBERS = ['accessionNumber', 'patientId', 'studyInstanceUid'] as const;
const LONGEST = 64;

/** One number of the study that somebody has called about. */
export function StudySearch() {
  const { t } = useTranslation();
  const last = useLastClue();
  const search = ({ by, value }: StudyClue) => rememberClue({ by, value: value.trim() });
  return (
    <Form<StudyClue>
      className="panel withdrawal-search"
      requiredMark={false}
      initialValues={last ?? { by: 'accessionNumber', value: '' }}
      onFinish={search}
    >
      <Form.Item name="by">
        <Select
          aria-label={t('withdrawals.by')}
          options={NUMBERS.map((value) => ({ value, label: t(`withdrawals.numbers.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="value" rules={[{ required: true, whitespace: true, message: t('actions.required') }]}>
        <Input
          autoFocus
          allowClear
          maxLength={LONGEST}
          autoComplete="off"
          placeholder={t('withdrawals.whole')}
          aria-label={t('withdrawals.whole')}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('withdrawals.find')}
      </Button>
    </Form>
  );
}
