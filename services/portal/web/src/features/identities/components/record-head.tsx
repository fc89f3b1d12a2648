import { Link } from '@tanstack/react-router';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { PatientRecord } from '../domain/conflict.js';

/** Whose record it is: the hospital, its number, and what makes it doubtful. */
export function RecordHead({ record, hospital, role }: { record: PatientRecord; hospital: string; role?: string }) {
  const { t, i18n } = useTranslation();
  const flags = [...new Set(record.statements.flatMap((statement) => statement.flags))];
  const seen = [record.firstSeenAt, record.lastDescribedAt].map((at) => dayjs(at).format('YYYY-MM-DD'));
  return (
    <div className="record-head">
      {role !== undefined && <span className="fine-print">{role}</span>}
      <span>
        <strong>{hospital}</strong> <span className="figures aside">{record.patient.id}</span>
      </span>
      <span className="figures fine-print">{[...new Set(seen)].join(' – ')}</span>
      {role !== undefined && (
        <Link to="/people/$personId" params={{ personId: record.personId }} className="to-person">
          {t('desk.person')}
        </Link>
      )}
      {flags.map((flag) => (
        <span key={flag} className="outcome is-waiting">
          {i18n.exists(`desk.flags.${flag}`) ? t(`desk.flags.${flag}`) : flag}
        </span>
      ))}
    </div>
  );
}
