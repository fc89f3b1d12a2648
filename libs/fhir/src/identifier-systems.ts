import type { LocalPatientKey } from '@yinglian/contracts';

export const PERSON_SYSTEM = 'urn:yinglian:person';

/** Codes of hospitals themselves. */
export const ORGANIZATION_SYSTEM = 'urn:yinglian:hospital';

/** Resident ids in China's health documents (WS/T 500). */
export const RESIDENT_ID_SYSTEM = 'urn:oid:2.16.156.10011.1.3';

const HOSPITAL_SYSTEM = 'urn:yinglian:hospital:';
const SYSTEM_OF_HOSPITAL = /^urn:yinglian:hospital:([A-Z][A-Z0-9]{1,15})(?::(.+))?$/;

/** Who gives out identifiers of a hospital: the hospital, and one of its issuers when it has several. */
export type LocalIssuer = Pick<LocalPatientKey, 'hospital' | 'issuer'>;

export type IdentifierSystem =
  | { readonly kind: 'person' }
  | { readonly kind: 'resident-id' }
  | ({ readonly kind: 'hospital' } & LocalIssuer);

/** `urn:yinglian:hospital:H001`, or `urn:yinglian:hospital:H001:OPD` of a hospital with several issuers. */
export const systemOfHospital = ({ hospital, issuer }: LocalIssuer): string =>
  `${HOSPITAL_SYSTEM}${hospital}${issuer === '' ? '' : `:${encodeURIComponent(issuer)}`}`;

/** Null for a system that no identifier here is of. */
export function readSystem(system: string): IdentifierSystem | null {
  if (system === PERSON_SYSTEM) return { kind: 'person' };
  if (system === RESIDENT_ID_SYSTEM) return { kind: 'resident-id' };
  const [, hospital, issuer = ''] = SYSTEM_OF_HOSPITAL.exec(system) ?? [];
  if (hospital === undefined) return null;
  const decoded = percentDecoded(issuer);
  return decoded === null ? null : { kind: 'hospital', hospital, issuer: decoded };
}

/** Null for text that is not percent-encoded right. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
