import { DownOutlined, SearchOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonSearch } from '../api/search-persons.js';
import { type Clue, readClue } from '../domain/read-clue.js';
import type { HospitalChoice } from './advanced-search.js';
import { AdvancedSearch } from './advanced-search.js';

interface Props {
  readonly text: string;
  readonly hospitals: readonly HospitalChoice[];
  onSearch(text: string, search: PersonSearch): void;
}

/** One box for every clue; a row of fields for several at once. */
export function SmartSearch({ text, hospitals, onSearch }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  const [isAdvanced, setAdvanced] = useState(false);
  const clues = readClue(typed, today());
  const [first, ...others] = clues;
  const searchBy = (clue: Clue) => onSearch(typed, searchOf(clue));
  return (
    <div className="smart-search">
      <div className="smart-search-line">
        <Input
          size="large"
          autoFocus
          allowClear
          prefix={<SearchOutlined className="aside" />}
          placeholder={t('persons.hint')}
          aria-label={t('persons.hint')}
          value={typed}
          maxLength={64}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onPressEnter={() => first !== undefined && searchBy(first)}
        />
        <Button size="large" type="primary" disabled={first === undefined} onClick={() => first && searchBy(first)}>
          {t('actions.search')}
        </Button>
      </div>
      <div className="smart-search-below">
        <span className="aside" aria-live="polite">
          {first === undefined
            ? t('persons.startHint')
            : t('persons.recognised', { kind: t(`persons.kinds.${first.kind}`) })}
          {others.map((clue) => (
            <Button key={clue.kind} type="link" size="small" onClick={() => searchBy(clue)}>
              {t('persons.tryAs', { kind: t(`persons.kinds.${clue.kind}`) })}
            </Button>
          ))}
        </span>
        <Button
          type="text"
          size="small"
          icon={isAdvanced ? <UpOutlined /> : <DownOutlined />}
          iconPlacement="end"
          onClick={() => setAdvanced(!isAdvanced)}
        >
          {t('persons.advanced')}
        </Button>
      </div>
      {isAdvanced && <AdvancedSearch hospitals={hospitals} onSearch={(search) => onSearch('', search)} />}
    </div>
  );
}

const today = () => new Date().toISOString().slice(0, 10).replaceAll('-', '');

/** The clue without its kind is what patient-index is asked. */
function searchOf({ kind: _, ...search }: Clue): PersonSearch {
  return search;
}
