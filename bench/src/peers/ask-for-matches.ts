import { FHIR_JSON, type Patient } from '@yinglian/fhir';
import type { PairMatcher } from '../figures/matching-public.js';
import { FEBRL_HOSPITAL } from '../people/febrl-records.js';
import { type LonePatientIndex, withLonePatientIndex } from './lone-patient-index.js';

const AT_ONCE = 8;
/** The most that `$match` answers with. */
const MOST = 100;
const LIKELY = 0.5;
const SYSTEM = `urn:yinglian:hospital:${FEBRL_HOSPITAL}`;

/** The patient index is told of all, learns from them, then is asked for each by Patient/$match: whoever it finds likely is the same, but for itself. */
export const askForMatches: PairMatcher = {
  pairsAmong: (records) =>
    withLonePatientIndex(async (index) => {
      await index.personsOf(records.map(({ data }) => data));
      await learn(index);
      const places = new Map(records.map(({ data }, place) => [data.patient.id, place]));
      const pairs = new Map<string, readonly [number, number]>();
      const waiting = records.entries();
      const askOneByOne = async () => {
        for (const [place, { patient }] of waiting) {
          for (const id of await likelyPatients(index, patient)) {
            const other = places.get(id);
            if (other === undefined) throw new Error('The patient index answered with a patient it was not told of');
            const [first, second] = [Math.min(place, other), Math.max(place, other)];
            if (first !== second) pairs.set(`${first} ${second}`, [first, second]);
          }
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, askOneByOne));
      return [...pairs.values()];
    }),
};

/** As an administrator of the province does it in the portal. */
async function learn({ address, issuer }: LonePatientIndex): Promise<void> {
  const token = await issuer.personToken({ subject: 'bench', roles: ['administrator'], hospital: null });
  const ask = async (method: string, path: string, body: unknown) => {
    const response = await fetch(`${address}/api/patient-index/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text;
  };
  const { model }: { model: unknown } = JSON.parse(await ask('POST', 'match-models', {}));
  const grades = { probable: 0.9, possible: 0.001 };
  await ask('PUT', 'match-settings', {
    model,
    grades,
    leastBits: 3,
    baseVersion: 0,
    note: 'learned from its own records',
  });
}

/** Numbers that the hospital knows them by. */
async function likelyPatients({ address, issuer }: LonePatientIndex, patient: Patient): Promise<string[]> {
  // Another for each question: none gets old.
  const token = await issuer.personToken({ subject: 'bench', roles: ['clinician'], hospital: FEBRL_HOSPITAL });
  const response = await fetch(`${address}/fhir/Patient/$match`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': FHIR_JSON },
    body: JSON.stringify({
      resourceType: 'Parameters',
      parameter: [
        { name: 'resource', resource: patient },
        { name: 'count', valueInteger: MOST },
      ],
    }),
  });
  if (response.status !== 200) throw new Error(`Patient/$match answered ${response.status}`);
  const { entry = [] }: Answer = JSON.parse(await response.text());
  return entry
    .filter(({ search }) => search.score >= LIKELY)
    .flatMap(({ resource }) => resource.identifier)
    .flatMap(({ system, value }) => (system === SYSTEM ? value : []));
}

interface Answer {
  readonly entry?: readonly {
    readonly resource: { readonly identifier: readonly { readonly system: string; readonly value: string }[] };
    readonly search: { readonly score: number };
  }[];
}
