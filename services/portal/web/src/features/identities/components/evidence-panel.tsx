import { useTranslation } from 'react-i18next';
import { type ComparedRecord, keyOf } from '../domain/conflict.js';

/** Bits that fill a bar: odds of a million to one. */
const FULL = 20;

/** What each field speaks for, in bits: one bit doubles the odds that the records are one person's. */
export function EvidencePanel(props: { records: readonly ComparedRecord[]; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const weighed = props.records.flatMap((record) =>
    record.evidence === null ? [] : [{ record, evidence: record.evidence }],
  );
  if (weighed.length === 0) return null;
  return (
    <section className="panel evidence">
      <h2>{t('desk.evidence')}</h2>
      <p className="fine-print">{t('desk.evidenceHint')}</p>
      <div className="evidence-columns">
        {weighed.map(({ record, evidence }) => (
          <div key={keyOf(record.patient)}>
            <h3>
              {props.hospitalName(record.patient.hospital)} <span className="figures aside">{record.patient.id}</span>
              <Total bits={evidence.bits} />
            </h3>
            <ul>
              <Bits label={t('desk.prior')} bits={evidence.priorBits} />
              {evidence.fields.map(({ field, level, bits }) => (
                <Bits key={field} label={t(`desk.compared.${field}`)} level={t(`desk.levels.${level}`)} bits={bits} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

function Total({ bits }: { bits: number }) {
  const { t } = useTranslation();
  const verdict = bits >= 3 ? 'for' : bits <= -3 ? 'against' : 'open';
  return (
    <span className={`total is-${verdict}`}>
      {t(`desk.verdicts.${verdict}`)} <span className="figures">{signed(bits)}</span>
    </span>
  );
}

function Bits({ label, level, bits }: { label: string; level?: string; bits: number }) {
  const width = `${Math.min(Math.abs(bits) / FULL, 1) * 50}%`;
  return (
    <li>
      <span>
        {label} {level !== undefined && <span className="aside">{level}</span>}
      </span>
      <span className="balance" aria-hidden>
        <span className={bits < 0 ? 'is-against' : 'is-for'} style={{ width }} />
      </span>
      <span className="figures">{signed(bits)}</span>
    </li>
  );
}

const signed = (bits: number) => `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`;
