import type { EventData, PatientObservedV2, PatientObservedV3 } from '@yinglian/contracts';
import type { Address } from './identity/address.js';
import { isDate } from './identity/birth-date.js';
import type { Identifier } from './identity/identifier.js';
import { readResidentId } from './identity/resident-id.js';
import { clean, type PersonName, readName } from './person-name.js';

/** By the images of a study, or by a message of HIS. */
export type ObservedPatient = EventData<typeof PatientObservedV2> | EventData<typeof PatientObservedV3>;

/** What a hospital said about its patient, read. */
export interface Observation {
  readonly name: PersonName;
  /** YYYYMMDD as stated; null when not stated or no date. Never taken from the resident id: it proves something. */
  readonly birthDate: string | null;
  /** M, F or O (PS3.3 C.2.3); empty when not stated. */
  readonly sex: string;
  /** Distinct valid resident ids among all ids of the patient; none for a newborn, who is known by the mother's. */
  readonly residentIds: readonly string[];
  readonly ids: readonly Identifier[];
  readonly phones: readonly string[];
  readonly address: Address | null;
}

export function readObservation(observed: ObservedPatient, today: string): Observation {
  const name = readName(observed.name);
  const birthDate = clean(observed.birthDate).replace(/[\s./-]/g, '');
  const sex = clean(observed.sex).trim().toUpperCase();
  const ids = [observed.patient.id, ...observed.otherIds.map(({ id }) => id)];
  const numbers = ids.flatMap((id) => readResidentId(id, today)?.number ?? []);
  return {
    name,
    birthDate: isDate(birthDate) && birthDate <= today ? birthDate : null,
    sex: ['M', 'F', 'O'].includes(sex) ? sex : '',
    residentIds: name.newborn ? [] : [...new Set(numbers)].sort(),
    ids: [...new Set(numbers)].map((value) => ({ system: 'RESIDENT_ID', value, strength: 'strong' as const })),
    phones: 'phones' in observed ? observed.phones : [],
    address: null,
  };
}
