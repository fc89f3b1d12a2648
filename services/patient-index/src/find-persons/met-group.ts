import type { CalledPatient, GroupMember } from '../storage/group-member.store.js';
import type { Place, Walk } from '../storage/person-walk.store.js';
import type { PersonQuery } from './person-query.js';

/** A person whom a search has met, as all of the patients that are one. */
export interface MetGroup {
  readonly survivorId: string;
  readonly members: readonly GroupMember[];
  readonly called: readonly CalledPatient[];
}

/** Whether everything that is asked for applies to the person. */
export function applies({ number, localId, hospital, name, birthDate }: PersonQuery, group: MetGroup): boolean {
  const { members, called } = group;
  if (number !== null && !members.some(({ hasNumber }) => hasNumber)) return false;
  const ofHospital = members.filter((member) => hospital === null || member.hospital === hospital);
  if (!ofHospital.some((member) => localId === null || member.localId === localId)) return false;
  if (name === null && birthDate === null) return true;
  return called.some((one) => one.found && (birthDate === null || one.birthDate === birthDate));
}

/**
 * Where a walk meets the person first. It is answered there and nowhere else: so a person comes once, however many patients, names and
 * pages there are, without anything being remembered of the pages before.
 */
export function firstPlace(walk: Walk, { members, called }: MetGroup): Place | undefined {
  return placesOf().sort(comparePlaces)[0];

  function placesOf(): Place[] {
    const found = called.filter((one) => one.found);
    switch (walk.along) {
      case 'number':
        return members.filter(({ hasNumber }) => hasNumber).map(({ patientNo }) => [patientNo]);
      case 'local-id':
        return members.filter(({ localId }) => localId === walk.localId).map(({ patientNo }) => [patientNo]);
      case 'names':
        return found.map(({ nameId, birthDate, patientNo }) => [nameId, birthDate, patientNo]);
      case 'names-on-date':
        return found.flatMap(({ nameId, birthDate, patientNo }) =>
          birthDate === walk.birthDate ? [[nameId, birthDate, patientNo]] : [],
        );
      case 'birth-date':
        return found.flatMap(({ surname, nameId, birthDate, patientNo }) =>
          birthDate === walk.birthDate ? [[surname, nameId, patientNo]] : [],
        );
    }
  }
}

export function comparePlaces(a: Place, b: Place): number {
  const differing = a.findIndex((number, at) => number !== b[at]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}
