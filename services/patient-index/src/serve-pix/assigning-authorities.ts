import type { LocalPatientKey } from '@yinglian/contracts';
import type { Components, WrittenValue } from '@yinglian/hl7';
import type { PixSettings } from './pix-settings.js';

interface Named {
  readonly namespace: string;
  readonly oid?: string | undefined;
}

/** Whose numbers they are: the province's of persons, the state's of residents, or a hospital's own. */
export type Authority =
  | (Named & { readonly kind: 'person' })
  | (Named & { readonly kind: 'resident' })
  | (Named & { readonly kind: 'hospital' } & Pick<LocalPatientKey, 'hospital' | 'issuer'>);
export type HospitalAuthority = Authority & { kind: 'hospital' };

/** An HD as it stands in a message (HL7 2.5.1 section 2.A.36). */
export interface StatedAuthority {
  readonly namespace: string;
  readonly universalId: string;
}

/** Assigning authorities by what systems call them, in both directions. */
export class AssigningAuthorities {
  private readonly byNamespace: ReadonlyMap<string, Authority>;
  private readonly byOid: ReadonlyMap<string, Authority>;
  private readonly ofHospitals: ReadonlyMap<string, HospitalAuthority>;
  readonly province: Authority;
  readonly residents: Authority;

  constructor({ province, residentIds, domains }: Pick<PixSettings, 'province' | 'residentIds' | 'domains'>) {
    this.province = { ...province, kind: 'person' };
    this.residents = { ...residentIds, kind: 'resident' };
    const hospitals = domains.map((domain): HospitalAuthority => ({ ...domain, kind: 'hospital' }));
    const all: Authority[] = [this.province, this.residents, ...hospitals];
    this.byNamespace = new Map(all.map((each) => [each.namespace, each]));
    this.byOid = new Map(all.flatMap((each) => (each.oid === undefined ? [] : [[each.oid, each]])));
    this.ofHospitals = new Map(hospitals.map((each) => [keyOf(each), each]));
  }

  /** Null when nobody is called so, or when namespace and OID name two. An OID alone will do, and so will a namespace. */
  find({ namespace, universalId }: StatedAuthority): Authority | null {
    const byOid = this.byOid.get(universalId);
    const byNamespace = this.byNamespace.get(namespace);
    if (universalId === '') return byNamespace ?? null;
    if (byOid === undefined) return null;
    return namespace === '' || byNamespace === byOid ? byOid : null;
  }

  /** Undefined when its numbers have no name here, so that they cannot be told. */
  ofPatient(patient: Pick<LocalPatientKey, 'hospital' | 'issuer'>): HospitalAuthority | undefined {
    return this.ofHospitals.get(keyOf(patient));
  }
}

/** Component 4 of a CX. */
export const statedIn = (value: Components): StatedAuthority => ({ namespace: value(4), universalId: value(4, 2) });

/** An id with its authority, as a CX. */
export const identifierOf = ({ id, authority: { namespace, oid } }: { id: string; authority: Named }): WrittenValue => [
  id,
  '',
  '',
  oid === undefined ? namespace : [namespace, oid, 'ISO'],
  'PI',
];

const keyOf = ({ hospital, issuer }: Pick<LocalPatientKey, 'hospital' | 'issuer'>) =>
  JSON.stringify([hospital, issuer]);
