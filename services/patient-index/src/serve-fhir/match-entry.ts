import type { BundleEntry, Extension, Patient } from '@yinglian/fhir';
import type { Evidence } from '../domain/evidence/weigh.js';
import type { PersonMatch } from './match-persons.handler.js';

const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade';

/** Why a match has its score: bits before anything was compared, and of each field; together the log-odds of the score. */
export const MATCH_EVIDENCE = 'urn:yinglian:fhir:match-evidence';

export const matchEntry = (
  resource: Patient,
  base: string,
  { grade, evidence }: PersonMatch,
): BundleEntry<Patient> => ({
  fullUrl: `${base}/Patient/${resource.id}`,
  resource,
  search: {
    extension: [{ url: MATCH_GRADE, valueCode: grade }, evidenceExtension(evidence)],
    mode: 'match',
    score: rounded(evidence.probability, 6),
  },
});

const evidenceExtension = ({ bits, priorBits, fields }: Evidence): Extension => ({
  url: MATCH_EVIDENCE,
  extension: [
    { url: 'bits', valueDecimal: rounded(bits, 2) },
    { url: 'prior', valueDecimal: rounded(priorBits, 2) },
    ...fields.map((field) => ({
      url: 'field',
      extension: [
        { url: 'name', valueCode: field.field },
        { url: 'level', valueCode: field.level },
        { url: 'bits', valueDecimal: rounded(field.bits, 2) },
      ],
    })),
  ],
});

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
