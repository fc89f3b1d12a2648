import { useTranslation } from 'react-i18next';
import { comparedFields, type Evidence, type Example, signed } from '../domain/match-settings.js';

/** Two records that the settings decide otherwise: what differs is marked, and what each field says in bits, before and after. */
export function PreviewExample({
  example,
  hospitalName,
}: {
  example: Example;
  hospitalName: (code: string) => string;
}) {
  const { t } = useTranslation();
  const { change, now, proposed, records } = example;
  return (
    <li className="panel match-example">
      <p>
        <span className={change === 'added' ? 'outcome is-permit' : 'outcome is-waiting'}>
          {t(`matching.changes.${change}`)}
        </span>{' '}
        <span className="figures">
          {bitsText(now)} → {bitsText(proposed)}
        </span>
      </p>
      <div className="scroll-sideways">
        <table>
          <thead>
            <tr>
              <td />
              {records.map(({ patient }) => (
                <th key={`${patient.hospital}/${patient.issuer}/${patient.id}`} scope="col">
                  {hospitalName(patient.hospital)} <span className="figures aside">{patient.id}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {comparedFields(example).map(({ field, agreement, values }) => (
              <tr key={field}>
                <th scope="row">{t(`desk.fields.${field}`)}</th>
                {values.map((value, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the two records stay where they are
                  <td key={at}>{agreement === 'differ' ? <mark>{value ?? '–'}</mark> : (value ?? '–')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="match-fields">
        {(proposed ?? now)?.fields.map(({ field, level, bits }) => (
          <li key={field}>
            {t(`desk.compared.${field}`)} <span className="aside">{t(`desk.levels.${level}`)}</span>{' '}
            <span className="figures">{bitsBefore(now, field, bits)}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

const bitsText = (evidence: Evidence | null): string => (evidence === null ? '–' : signed(evidence.bits));

/** What the field said before, where that is another figure. */
function bitsBefore(now: Evidence | null, field: string, bits: number): string {
  const before = now?.fields.find((one) => one.field === field)?.bits;
  return before === undefined || signed(before) === signed(bits) ? signed(bits) : `${signed(before)} → ${signed(bits)}`;
}
