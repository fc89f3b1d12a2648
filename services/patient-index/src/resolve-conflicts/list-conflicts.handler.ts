import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { maskResidentId } from '../domain/identity/resident-id.js';
import { bareNumberOf, isResidentId } from '../domain/identity/strong-numbers.js';
import { type Agreement, namesAgree, valuesAgree } from '../domain/name-agreement.js';
import { describe, type KeptObservation } from '../domain/person.js';
import { presentPersons } from '../find-persons/present-persons.js';
import { listConflicts, type StoredConflict } from '../storage/conflict.store.js';
import { observationsOf } from '../storage/observation.store.js';
import { personsInGroupsOf } from '../storage/person.store.js';

export interface ConflictPage {
  readonly state: 'open' | 'decided';
  readonly limit: number;
  readonly cursor: string;
}

/** Conflicts as a steward reads them: the hospital's patient beside the person who may be the same. */
@Injectable()
export class ListConflictsHandler {
  constructor(private readonly database: Database) {}

  async execute({ state, limit, cursor }: ConflictPage) {
    const found = await listConflicts(this.database, { state, after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    const personIds = page.flatMap(({ personId, otherPersonId }) => [personId, otherPersonId ?? []].flat());
    const [persons, known] = await Promise.all([presentPersons(this.database, personIds), this.saidOf(personIds)]);
    return {
      conflicts: page.map((conflict) => ({
        ...headOf(conflict),
        ...sidesOf(conflict, known),
        person: persons.find(({ personId }) => personId === conflict.personId) ?? null,
        otherPerson: persons.find(({ personId }) => personId === conflict.otherPersonId) ?? null,
      })),
      nextCursor: found.length > limit ? (page.at(-1)?.conflictId ?? null) : null,
    };
  }

  /** By whoever stands for them, newest first. */
  private async saidOf(personIds: readonly string[]): Promise<ReadonlyMap<string, readonly KeptObservation[]>> {
    const persons = await personsInGroupsOf(this.database, personIds);
    const said = await observationsOf(
      this.database,
      persons.map(({ personId }) => personId),
    );
    const groups = Map.groupBy(persons, ({ survivorId }) => survivorId);
    return new Map(
      [...groups].map(([survivorId, group]) => [survivorId, group.flatMap(({ personId }) => said.get(personId) ?? [])]),
    );
  }
}

const headOf = ({ conflictId, kind, patient, number, openedAt, made }: StoredConflict) => ({
  conflictId,
  kind,
  patient,
  idNumberMasked: maskedNumber(number),
  openedAt: openedAt.toISOString(),
  decision: made,
});

/** Of a resident id; other numbers are shown to nobody. */
const maskedNumber = (number: string) => (isResidentId(number) ? maskResidentId(bareNumberOf(number)) : null);

function sidesOf(conflict: StoredConflict, known: ReadonlyMap<string, readonly KeptObservation[]>) {
  const { hospital, issuer, id } = conflict.patient;
  const own = (known.get(conflict.personId) ?? []).filter(
    ({ patient }) => patient.hospital === hospital && patient.issuer === issuer && patient.id === id,
  );
  const theirs = known.get(conflict.otherPersonId ?? '') ?? [];
  return { record: describe(own, null), agreement: agreementOf(own, theirs) };
}

/** `agree` as soon as one statement of each side agrees. */
function agreementOf(own: readonly KeptObservation[], theirs: readonly KeptObservation[]) {
  const best = (compare: (a: KeptObservation, b: KeptObservation) => Agreement): Agreement => {
    const verdicts = own.flatMap((a) => theirs.map((b) => compare(a, b)));
    if (verdicts.includes('agree')) return 'agree';
    return verdicts.includes('differ') ? 'differ' : 'unknown';
  };
  return {
    name: best((a, b) => namesAgree(a.name, b.name)),
    // What an id says of the patient is what is in question; of the other person it is a statement.
    birthDate: best((a, b) => valuesAgree(a.birthDate, b.birthDate ?? b.residentIds[0]?.slice(6, 14) ?? null)),
    sex: best((a, b) => valuesAgree(a.sex || null, b.sex || null)),
  };
}
