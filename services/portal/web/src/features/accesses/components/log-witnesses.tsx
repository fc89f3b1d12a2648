import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useWitnesses } from '../api/audit-log.js';
import { watching } from '../domain/watching.js';

/** So many are named. */
const NAMED = 5;

interface Props {
  readonly hospitals: readonly string[];
  readonly hospitalName: (code: string) => string;
}

/** How many hospitals watch the audit log, and which have not for a day. */
export function LogWitnesses({ hospitals, hospitalName }: Props) {
  const { t } = useTranslation();
  const { data: witnesses, isError } = useWitnesses();
  if (isError) return <p className="log-silent">{t('accesses.seal.witnessesUnknown')}</p>;
  if (witnesses === undefined || hospitals.length === 0) return null;
  const { witnessed, silent } = watching(hospitals, witnesses, Date.now());
  return (
    <>
      <p>{t('accesses.seal.witnessed', { count: witnessed.length, of: hospitals.length })}</p>
      {silent.slice(0, NAMED).map(({ hospital, witnessedAt }) => (
        <p key={hospital} className="log-silent">
          {witnessedAt === null
            ? t('accesses.seal.never', { hospital: hospitalName(hospital) })
            : t('accesses.seal.silent', {
                hospital: hospitalName(hospital),
                at: dayjs(witnessedAt).format('YYYY-MM-DD HH:mm'),
              })}
        </p>
      ))}
      {silent.length > NAMED && (
        <p className="log-silent">{t('accesses.seal.moreSilent', { count: silent.length - NAMED })}</p>
      )}
    </>
  );
}
