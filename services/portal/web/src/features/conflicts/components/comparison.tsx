import { useTranslation } from 'react-i18next';
import type { Agreement, Conflict, Description } from '../domain/conflict.js';

const ROWS = ['name', 'birthDate', 'sex'] as const;

/** The hospital's record beside the person who may be the same; what differs is marked. */
export function Comparison({ conflict, hospitalName }: { conflict: Conflict; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { record, otherPerson, agreement, patient } = conflict;
  const label = { name: t('persons.fields.name'), birthDate: t('persons.fields.birthDate'), sex: t('account.sex') };
  return (
    <table className="comparison">
      <thead>
        <tr>
          <td />
          <th scope="col">
            {t('conflicts.record')}
            <span className="aside">
              {hospitalName(patient.hospital)} <span className="figures">{patient.id}</span>
            </span>
          </th>
          <th scope="col">
            {t('conflicts.person')}
            <span className="aside">
              {otherPerson === null
                ? t('conflicts.nobody')
                : otherPerson.patients.map(({ hospital, id }) => `${hospitalName(hospital)} ${id}`).join(' · ')}
            </span>
          </th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row} className={`is-${otherPerson === null ? 'unknown' : agreement[row]}`}>
            <th scope="row">{label[row]}</th>
            <td>
              <Value of={record} row={row} />
            </td>
            <td>
              {otherPerson !== null && <Value of={otherPerson} row={row} />}
              {otherPerson !== null && <Verdict agreement={agreement[row]} />}
            </td>
          </tr>
        ))}
        <tr className="is-unknown">
          <th scope="row">{t('conflicts.idNumber')}</th>
          <td className="figures">{conflict.idNumberMasked}</td>
          <td className="figures">{otherPerson?.idNumberMasked ?? '–'}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Value({ of: described, row }: { of: Description; row: (typeof ROWS)[number] }) {
  const { t } = useTranslation();
  if (row === 'sex') return <>{['M', 'F', 'O'].includes(described.sex) ? t(`sex.${described.sex}`) : '–'}</>;
  if (row === 'birthDate') {
    const date = described.birthDate;
    return (
      <span className="figures">
        {date === null ? '–' : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`}
      </span>
    );
  }
  return (
    <>
      {described.name || t('persons.unnamed')}{' '}
      {described.otherNames.length > 0 && <span className="aside">{described.otherNames.join(' · ')}</span>}
    </>
  );
}

function Verdict({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation();
  return <span className={`verdict is-${agreement}`}>{t(`conflicts.${agreement}`)}</span>;
}
