import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type LocalPatientKey, PersonLinkedV2 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { groupOf, MergePersons } from '../decide-on-persons/merge-persons.js';
import { isResidentId } from '../domain/identity/strong-numbers.js';
import { personIdOf } from '../domain/person-id.js';
import { openConflicts } from '../storage/conflict.store.js';
import { areSeparated } from '../storage/decision.store.js';
import { giveUpNumber } from '../storage/given-up-number.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { holdersOf } from '../storage/number.store.js';
import { observationsOf } from '../storage/observation.store.js';
import { addPatients, type KnownPatient, knownPatients, nextPatientNos } from '../storage/patient.store.js';
import { addPersons, lockGroupsOf, type StoredPerson } from '../storage/person.store.js';

/** Two numbers of one hospital that are one patient. */
export interface PatientMerge {
  /** Goes on being used. */
  readonly patient: LocalPatientKey;
  readonly merged: LocalPatientKey;
}

/** MERGED or ALREADY one; ASKED: a steward has to decide, since a steward kept them apart or their resident ids differ. */
export type PatientMergeOutcome = 'MERGED' | 'ALREADY' | 'ASKED';

/** A hospital says that two of its patients are one (ADT A40, a FHIR link): their persons are, until somebody takes it back. */
@Injectable()
export class MergePatientsHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly mergePersons: MergePersons,
  ) {}

  async execute(tx: Sql, { patient, merged }: PatientMerge, now: Date): Promise<PatientMergeOutcome> {
    await lockIdentities(tx, [patient, merged], []);
    await giveUpNumber(tx, { patient, merged }, now);
    const [into, from] = [await this.known(tx, patient, now), await this.known(tx, merged, now)];
    const persons = await lockGroupsOf(tx, [into.homeId, from.homeId]);
    const [joined, left] = [groupOf(persons, into.homeId), groupOf(persons, from.homeId)];
    if (left.includes(into.homeId)) return 'ALREADY';
    if ((await areSeparated(tx, left, joined)) || (await haveDifferentResidentIds(tx, left, joined))) {
      await this.ask(tx, merged, survivorOf(persons, into), now);
      return 'ASKED';
    }
    const maker = { reason: 'HOSPITAL', by: patient.hospital, name: patient.hospital, note: '' } as const;
    await this.mergePersons.execute(tx, from.homeId, into.homeId, maker, now);
    return 'MERGED';
  }

  /** A number that nobody has described yet is somebody too: its description may come later. */
  private async known(tx: Sql, patient: LocalPatientKey, now: Date): Promise<Pick<KnownPatient, 'homeId'>> {
    const [known] = await knownPatients(tx, [patient]);
    if (known !== undefined) return known;
    const homeId = personIdOf(now, randomBytes(10));
    const [patientNo = ''] = await nextPatientNos(tx, 1);
    await addPersons(tx, [homeId], [now]);
    const undescribed = { observationVersion: 0, observationHash: '0' };
    await addPatients(tx, [{ patient, patientNo, homeId, reason: 'NEW_PERSON', linkVersion: 1, ...undescribed }], now);
    await this.outbox.add(tx, PersonLinkedV2, {
      personId: homeId,
      patient,
      reason: 'NEW_PERSON',
      version: 1,
      linkedAt: now.toISOString(),
    });
    return { homeId };
  }

  private ask(tx: Sql, patient: LocalPatientKey, otherPersonId: string, now: Date): Promise<void> {
    return openConflicts(tx, [{ kind: 'HOSPITAL_MERGE', number: '', otherPersonId, patient }], now);
  }
}

const survivorOf = (persons: readonly StoredPerson[], { homeId }: Pick<KnownPatient, 'homeId'>): string =>
  persons.find(({ personId }) => personId === homeId)?.survivorId ?? homeId;

async function haveDifferentResidentIds(tx: Sql, ones: readonly string[], others: readonly string[]): Promise<boolean> {
  const [one, other] = [await residentIdsOf(tx, ones), await residentIdsOf(tx, others)];
  return one.length > 0 && other.length > 0 && !one.some((number) => other.includes(number));
}

async function residentIdsOf(tx: Sql, homeIds: readonly string[]): Promise<string[]> {
  const said = await observationsOf(tx, homeIds);
  const stated = [...said.values()].flat().flatMap(({ strongNumbers }) => strongNumbers.filter(isResidentId));
  const holders = await holdersOf(tx, [...new Set(stated)]);
  return [...holders].flatMap(([number, homeId]) => (homeIds.includes(homeId) ? [number] : []));
}
