import { Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { PersonSearch } from '../api/search-persons.js';

export interface HospitalChoice {
  readonly code: string;
  readonly name: string;
}

interface Fields {
  readonly name?: string;
  readonly birthDate?: Dayjs;
  readonly idNumber?: string;
  readonly hospital?: string;
  readonly localId?: string;
}

/** Several clues at once: all must fit. */
export function AdvancedSearch(props: {
  readonly hospitals: readonly HospitalChoice[];
  onSearch(search: PersonSearch): void;
}) {
  const { t } = useTranslation();
  const field = (name: keyof Fields) => t(`persons.fields.${name}`);
  const submit = ({ birthDate, ...fields }: Fields) => {
    const filled = Object.entries(fields).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : []));
    const search: PersonSearch = {
      ...Object.fromEntries(filled),
      ...(birthDate ? { birthDate: birthDate.format('YYYYMMDD') } : {}),
    };
    if (Object.keys(search).length > 0) props.onSearch(search);
  };
  return (
    <Form<Fields> layout="vertical" className="advanced-search" onFinish={submit}>
      <Form.Item name="name" label={field('name')}>
        <Input allowClear maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="birthDate" label={field('birthDate')}>
        <DatePicker format={['YYYY-MM-DD', 'YYYYMMDD']} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="idNumber" label={field('idNumber')}>
        <Input allowClear maxLength={18} autoComplete="off" />
      </Form.Item>
      <Form.Item name="hospital" label={field('hospital')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={props.hospitals.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item name="localId" label={field('localId')}>
        <Input allowClear maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item label=" " colon={false}>
        <Button htmlType="submit" block>
          {t('actions.search')}
        </Button>
      </Form.Item>
    </Form>
  );
}
