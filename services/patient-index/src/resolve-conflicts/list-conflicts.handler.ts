import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { maskResidentId } from '../domain/identity/resident-id.js';
import { bareNumberOf, isResidentId } from '../domain/identity/strong-numbers.js';
import { type Agreement, namesAgree, valuesAgree } from '../domain/name-agreement.js';
import { describe, type KeptObservation } from '../domain/person.js';
import { viewOf } from '../find-persons/present-persons.js';
import type { StoredConflict } from '../storage/conflict.store.js';
import { listConflicts, type QueuePage } from '../storage/conflict-queue.store.js';
import { knownPersons } from '../storage/known-person.store.js';
import { type Question, questionsAbout } from '../storage/question.store.js';

/** Conflicts as a steward reads them: the hospital's patient beside the person who may be the same. */
@Injectable()
export class ListConflictsHandler {
  constructor(private readonly database: Database) {}

  async execute(asked: QueuePage) {
    const found = await listConflicts(this.database, { ...asked, limit: asked.limit + 1 });
    const page = found.slice(0, asked.limit);
    const personIds = page.flatMap(({ personId, otherPersonId }) => [personId, otherPersonId ?? []].flat());
    const [known, questions] = await Promise.all([
      knownPersons(this.database, personIds),
      questionsAbout(
        this.database,
        page.map(({ conflictId }) => conflictId),
      ),
    ]);
    const last = page.at(-1)?.cursor;
    const persons = known.filter(({ said }) => said.length > 0).map(viewOf);
    const said = new Map(known.map((one) => [one.survivorId, one.said]));
    return {
      conflicts: page.map((conflict) => ({
        ...headOf(conflict),
        ...sidesOf(conflict, said),
        person: persons.find(({ personId }) => personId === conflict.personId) ?? null,
        otherPerson: persons.find(({ personId }) => personId === conflict.otherPersonId) ?? null,
        lastQuestion: headOfQuestion(questions.find(({ conflictId }) => conflictId === conflict.conflictId)),
      })),
      nextCursor: found.length > asked.limit && last !== undefined ? `${last.rank}-${last.conflictId}` : null,
    };
  }
}

export const headOf = ({ conflictId, kind, risk, patient, number, openedAt, waiting, made }: StoredConflict) => ({
  conflictId,
  kind,
  risk,
  patient,
  idNumberMasked: maskedNumber(number),
  openedAt: openedAt.toISOString(),
  waiting,
  decision: made,
});

const headOfQuestion = (question: Question | undefined) =>
  question === undefined
    ? null
    : { hospital: question.hospital, askedAt: question.askedAt, answeredAt: question.answeredAt };

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
