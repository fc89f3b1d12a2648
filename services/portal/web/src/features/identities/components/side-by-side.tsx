import { useTranslation } from 'react-i18next';
import { type Conflict, keyOf } from '../domain/conflict.js';
import { agreementOf, fieldValues, statedFields } from '../domain/field-values.js';
import { AgreementMark } from './agreement-mark.js';
import { FieldCell } from './field-cell.js';
import { RecordHead } from './record-head.js';

/** Two to five records as columns; what differs from the first is marked. */
export function SideBySide({ shown, hospitalName }: { shown: Conflict; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { records, recordsLeftOut } = shown;
  return (
    <section className="panel side-by-side" aria-label={t('desk.records')}>
      <div className="scroll-sideways">
        <table className={`records of-${records.length}`}>
          <thead>
            <tr>
              <td />
              {records.map((record) => (
                <th key={keyOf(record.patient)} scope="col" className={`is-${record.side}`}>
                  <RecordHead
                    record={record}
                    hospital={hospitalName(record.patient.hospital)}
                    role={t(`desk.sides.${record.side}`)}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {statedFields(records).map((field) => (
              <tr key={field}>
                <th scope="row">{t(`desk.fields.${field}`)}</th>
                {records.map((record) => (
                  <td key={keyOf(record.patient)} className={`is-${agreementOf(record, field)}`}>
                    <AgreementMark agreement={agreementOf(record, field)} />
                    <FieldCell field={field} values={fieldValues(record, field)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.otherPersonId === null && <p className="aside">{t('conflicts.nobody')}</p>}
      {recordsLeftOut > 0 && <p className="aside">{t('desk.leftOut', { count: recordsLeftOut })}</p>}
    </section>
  );
}
