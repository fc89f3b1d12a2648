import { randomBytes } from 'node:crypto';
import type { LinkReason } from '@yinglian/contracts';
import { numbersOf } from '../domain/finding/asked-record.js';
import { isResidentId } from '../domain/identity/strong-numbers.js';
import { type Conflict, decideLink, type Group, type LinkDecision } from '../domain/link-decision.js';
import { birthDatesIn } from '../domain/person.js';
import { personIdOf } from '../domain/person-id.js';
import type { Merge } from '../domain/standing/survivors.js';
import type { KeptNumber } from '../storage/number.store.js';
import type { Described } from '../storage/observation.store.js';
import type { KnownPatient, NewPatient } from '../storage/patient.store.js';
import type { FoundBy } from '../storage/patient-name.store.js';
import type { LinkingBatch } from './linking-batch.js';
import type { ReadPatient } from './read-patient.js';

/** Decides for the patients of a batch, one after the other, and gathers what is to be written. */
export class Linking {
  /** New persons, and when they were seen. */
  readonly persons = new Map<string, Date>();
  readonly numbers: KeptNumber[] = [];
  readonly conflicts: (Conflict & Pick<NewPatient, 'patient'>)[] = [];
  readonly merges: Merge[] = [];
  readonly descriptions: Described[] = [];
  /** Patients of before, seen again, of whom nobody was told yet. */
  readonly untold = new Set<string>();
  readonly seen = new Map<string, Date>();
  readonly foundBy: FoundBy[] = [];
  /** Numbers of patients of new persons, who may be somebody's who is known. */
  readonly unlinked: string[] = [];
  private readonly reasons = new Map<string, LinkReason>();
  private readonly described = new Map<string, KnownPatient>();
  /** Ten bytes for each person to come: asked for one by one they cost more than all else about a person. */
  private readonly random: Uint8Array;

  /**
   * @param patientNos as many as there may be new patients
   * @param firstVersion of a new link: 1 when it is told, 0 when it is not
   */
  constructor(
    readonly known: LinkingBatch,
    private readonly patientNos: string[],
    private readonly now: Date,
    private readonly firstVersion: 0 | 1,
  ) {
    this.random = randomBytes(10 * patientNos.length);
  }

  /** As they are after the batch. */
  get newPatients(): NewPatient[] {
    return [...this.described.values()].flatMap((patient) => {
      const reason = this.reasons.get(patient.patientNo);
      return reason === undefined ? [] : { ...patient, reason };
    });
  }

  /** Patients of before who were described otherwise, as they are after the batch. */
  get redescribed(): KnownPatient[] {
    return [...this.described.values()].filter(({ patientNo }) => !this.reasons.has(patientNo));
  }

  link(read: ReadPatient): void {
    const { patient, observedAt } = read.observed;
    const before = this.known.patient(patient);
    if (before?.linkVersion === 0 && !this.reasons.has(before.patientNo)) this.untold.add(before.patientNo);
    const linked = before?.observationHash === read.hash ? before : this.linkAnew(read, before);
    const at = new Date(observedAt);
    const seenBefore = this.seen.get(linked.homeId);
    if (seenBefore === undefined || seenBefore < at) this.seen.set(linked.homeId, at);
  }

  private linkAnew(read: ReadPatient, before: KnownPatient | undefined): KnownPatient {
    const { statement, observed } = read;
    const decision = this.decide(read, before);
    const patient = before ?? this.addPatient(read, decision);
    for (const conflict of decision.conflicts) this.conflicts.push({ ...conflict, patient: observed.patient });
    for (const number of new Set([...statement.strongNumbers, ...numbersOf(read.seen)])) {
      this.numbers.push({ patientNo: patient.patientNo, number, claims: decision.claims.includes(number) });
    }
    this.known.claim(patient.homeId, decision.claims);
    this.known.describe(patient.homeId, statement);
    for (const survivorId of decision.merges) this.merge(patient.homeId, survivorId);
    return this.keepDescription(read, patient);
  }

  private decide({ statement }: ReadPatient, before: KnownPatient | undefined): LinkDecision {
    const own = before === undefined ? undefined : this.known.groupOfHome(before.homeId);
    const groups = this.known.groupsHolding(statement.strongNumbers);
    const known = before === undefined || own === undefined ? null : { homeId: before.homeId, group: own };
    const decision = decideLink(statement, known, groups, this.apartFrom(own?.survivorId, groups));
    const joined = decision.homeId === null ? null : this.known.survivorOf(decision.homeId);
    const merges = decision.merges.filter(
      (survivorId) => joined !== null && !this.known.areSeparated(joined, survivorId),
    );
    return { ...decision, merges };
  }

  private apartFrom(survivorId: string | undefined, groups: readonly Group[]): Set<string> {
    const others = groups.map((group) => group.survivorId);
    return new Set(others.filter((other) => survivorId !== undefined && this.known.areSeparated(survivorId, other)));
  }

  private addPatient({ observed, statement }: ReadPatient, { homeId, reason }: LinkDecision): KnownPatient {
    const { patient } = observed;
    const home = homeId ?? this.addPerson(new Date(observed.observedAt));
    const patientNo = this.patientNos.shift() ?? '';
    if (homeId === null && !statement.neverLinks) this.unlinked.push(patientNo);
    this.reasons.set(patientNo, reason);
    return {
      patient,
      patientNo,
      homeId: home,
      linkVersion: this.firstVersion,
      observationVersion: 0,
      observationHash: '0',
    };
  }

  private addPerson(seenAt: Date): string {
    const personId = personIdOf(this.now, this.random.subarray(10 * this.persons.size));
    this.persons.set(personId, seenAt);
    this.known.addHome(personId, personId);
    return personId;
  }

  /** Who has a resident id goes on; else the one that the patient is filed under. */
  private merge(homeId: string, survivorId: string): void {
    const [own, other] = [this.known.groupOfHome(homeId), this.known.groupOfHome(survivorId)];
    if (own === undefined || other === undefined || own === other) return;
    const hasId = [own, other].map(({ held }) => [...held.keys()].some(isResidentId));
    const merge =
      !hasId[0] && hasId[1] ? { fromId: homeId, intoId: survivorId } : { fromId: survivorId, intoId: homeId };
    this.merges.push(merge);
    this.known.join(merge.fromId, merge.intoId);
  }

  private keepDescription({ observed, seen, statement, hash }: ReadPatient, patient: KnownPatient): KnownPatient {
    const version = patient.observationVersion + 1;
    const { patientNo } = patient;
    const { name, residentIds } = seen;
    const birthDates = birthDatesIn(seen.birthDate, residentIds);
    this.foundBy.push({ patientNo, name, birthDates, residentIds });
    this.descriptions.push({
      patientNo,
      observed,
      version,
      birthDate: seen.birthDate,
      sex: seen.sex,
      strongNumbers: statement.strongNumbers,
    });
    const kept = { ...patient, observationVersion: version, observationHash: hash };
    this.known.keepPatient(kept);
    this.described.set(kept.patientNo, kept);
    return kept;
  }
}
