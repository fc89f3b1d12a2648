import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Checkbox, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecords } from '../api/read-identity.js';
import { keyOf, type PatientRecord } from '../domain/conflict.js';
import { FIELDS, fieldValues } from '../domain/field-values.js';
import { FieldCell } from './field-cell.js';
import { RecordHead } from './record-head.js';
import { SplitDialog } from './split-dialog.js';

/** What each hospital says of the person; ticked records can become a person of their own. */
export function PersonRecords({
  personId,
  hospitalName,
}: {
  personId: string;
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  const records = useRecords(personId);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [isSplitting, setSplitting] = useState(false);
  if (records.isPending) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  if (records.isError) return <ProblemNotice error={records.error} onRetry={() => void records.refetch()} />;
  const all = records.data.records;
  const tick = (key: string, on: boolean) => setTicked(on ? [...ticked, key] : ticked.filter((one) => one !== key));
  return (
    <section className="person-records">
      <div className="section-head">
        <h2>{t('desk.records')}</h2>
        {all.length > 1 && (
          <Button disabled={ticked.length === 0 || ticked.length === all.length} onClick={() => setSplitting(true)}>
            {t('desk.splitChosen', { count: ticked.length })}
          </Button>
        )}
      </div>
      <ul className="panel rows">
        {all.map((record) => (
          <Record
            key={keyOf(record.patient)}
            record={record}
            hospital={hospitalName(record.patient.hospital)}
            isTicked={ticked.includes(keyOf(record.patient))}
            onTick={all.length > 1 ? (on) => tick(keyOf(record.patient), on) : null}
          />
        ))}
      </ul>
      <SplitDialog
        open={isSplitting}
        records={all}
        chosen={ticked}
        hospitalName={hospitalName}
        onDone={() => {
          setSplitting(false);
          setTicked([]);
        }}
        onCancel={() => setSplitting(false)}
      />
    </section>
  );
}

interface RecordProps {
  readonly record: PatientRecord;
  readonly hospital: string;
  readonly isTicked: boolean;
  readonly onTick: ((on: boolean) => void) | null;
}

function Record({ record, hospital, isTicked, onTick }: RecordProps) {
  const { t } = useTranslation();
  return (
    <li className="person-record">
      {onTick !== null && (
        <Checkbox
          checked={isTicked}
          onChange={({ target }) => onTick(target.checked)}
          aria-label={t('desk.choose', { record: `${hospital} ${record.patient.id}` })}
        />
      )}
      <RecordHead record={record} hospital={hospital} />
      <dl>
        {FIELDS.map((field) => {
          const values = fieldValues(record, field);
          return values.now.length + values.before.length === 0 ? null : (
            <div key={field}>
              <dt>{t(`desk.fields.${field}`)}</dt>
              <dd>
                <FieldCell field={field} values={values} />
              </dd>
            </div>
          );
        })}
      </dl>
    </li>
  );
}
