import { FHIR_JSON } from '@yinglian/fhir';
import { RawConnection } from '../clients/raw-connection.js';
import type { PatientData } from '../people/observed-record.js';
import type { LonePatientIndex } from './lone-patient-index.js';

/** Somebody who may ask, for as long as a token lives. */
export interface Asker {
  /** Whoever is found by the search of clinicians, as ids of persons. */
  search(keys: Readonly<Record<string, string>>): Promise<string[]>;
  /** Ids of the persons that a patient described so is likely to be, the likeliest first. */
  match(described: PatientData): Promise<string[]>;
  close(): void;
}

export async function asker({ address, issuer }: LonePatientIndex): Promise<Asker> {
  const token = await issuer.personToken({ subject: 'bench', roles: ['steward', 'clinician'], hospital: 'H001' });
  const connection = new RawConnection(new URL(address));
  const post = async (path: string, type: string, asked: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const { status, body } = await connection.post(path, headers, JSON.stringify(asked));
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`);
    return body.toString();
  };
  return {
    async search(keys) {
      const { persons }: Found = JSON.parse(await post('/api/patient-index/person-searches', 'application/json', keys));
      return persons.map(({ personId }) => personId);
    },
    async match(described) {
      const answer: Matched = JSON.parse(await post('/fhir/Patient/$match', FHIR_JSON, matchOf(described)));
      return (answer.entry ?? []).map(({ resource }) => resource.id);
    },
    close: () => connection.close(),
  };
}

interface Found {
  readonly persons: readonly { readonly personId: string }[];
}

interface Matched {
  readonly entry?: readonly { readonly resource: { readonly id: string } }[];
}

const matchOf = ({ name, birthDate, sex, phones, addresses }: PatientData) => ({
  resourceType: 'Parameters',
  parameter: [
    {
      name: 'resource',
      resource: {
        resourceType: 'Patient',
        name: [{ text: (name.ideographic ?? name.alphabetic ?? '').replaceAll('^', '') }],
        ...(/^\d{8}$/.test(birthDate) ? { birthDate: birthDate.replace(/(....)(..)(..)/, '$1-$2-$3') } : {}),
        gender: { M: 'male', F: 'female' }[sex] ?? 'unknown',
        telecom: phones.map((value) => ({ system: 'phone', value })),
        address: addresses.map(({ lines, district, city, state }) => ({ line: lines, district, city, state })),
      },
    },
  ],
});
