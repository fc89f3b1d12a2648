import { DatePicker, Input, Segmented, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { AccessFilter } from '../api/list-accesses.js';

/** Narrower than the service would say: it refuses anything else. */
export const PERSON_ID = /^P[0-9A-HJKMNP-TV-Z]{26}$/;

interface Props {
  readonly filter: AccessFilter;
  readonly hospitals: readonly { readonly code: string; readonly name: string }[];
  onChange(filter: AccessFilter): void;
}

export function AccessFilterBar({ filter, hospitals, onChange }: Props) {
  const { t } = useTranslation();
  const set = (name: keyof AccessFilter, value: string | undefined) => {
    const { [name]: _, ...others } = filter;
    onChange(value ? { ...others, [name]: value } : others);
  };
  const search = (name: 'personId' | 'actor', label: string) => (
    <Input.Search
      key={`${name} ${filter[name] ?? ''}`}
      defaultValue={filter[name] ?? ''}
      allowClear
      placeholder={label}
      aria-label={label}
      maxLength={64}
      autoComplete="off"
      status={name === 'personId' && filter.personId && !PERSON_ID.test(filter.personId) ? 'error' : ''}
      onSearch={(value) => set(name, value.trim())}
    />
  );
  const choice = (name: 'action' | 'purposeOfUse', words: 'actions' | 'purposes', label: string) => (
    <Select
      allowClear
      placeholder={label}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      options={Object.entries(t(`accesses.${words}`, { returnObjects: true })).map(([value, text]) => ({
        value,
        label: text,
      }))}
      onChange={(value?: string) => set(name, value)}
    />
  );
  const setPeriod = (period: [Dayjs | null, Dayjs | null] | null) => {
    const { from: _from, to: _to, ...others } = filter;
    const [from, to] = period ?? [null, null];
    onChange({
      ...others,
      ...(from === null ? {} : { from: from.startOf('day').toISOString() }),
      ...(to === null ? {} : { to: to.endOf('day').toISOString() }),
    });
  };
  return (
    <div className="access-filter panel">
      {search('actor', t('accesses.actor'))}
      {search('personId', t('accesses.person'))}
      <Select
        allowClear
        placeholder={t('accesses.hospital')}
        aria-label={t('accesses.hospital')}
        showSearch={{ optionFilterProp: 'label' }}
        options={hospitals.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(code?: string) => set('hospital', code)}
      />
      {choice('action', 'actions', t('accesses.allActions'))}
      {choice('purposeOfUse', 'purposes', t('accesses.allPurposes'))}
      <DatePicker.RangePicker allowEmpty={[true, true]} onChange={(period) => setPeriod(period)} />
      <Segmented
        block
        value={filter.outcome ?? ''}
        onChange={(value) => set('outcome', value)}
        options={[
          { value: '', label: t('studies.all') },
          { value: 'permit', label: t('accesses.permit') },
          { value: 'deny', label: t('accesses.deny') },
        ]}
      />
    </div>
  );
}
