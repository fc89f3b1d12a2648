import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { MergePersons } from '../decide-on-persons/merge-persons.js';
import type { ObservedPatient } from '../domain/observation.js';
import { openConflicts } from '../storage/conflict.store.js';
import type { Maker } from '../storage/decision.store.js';
import { doubtfulAmong, doubtNumbers } from '../storage/doubtful-number.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { keepNumbers } from '../storage/number.store.js';
import { keepObservations } from '../storage/observation.store.js';
import { addPatients, keepNewest, nextPatientNos } from '../storage/patient.store.js';
import { PatientNameStore } from '../storage/patient-name.store.js';
import { addPersons, markSeen } from '../storage/person.store.js';
import { Linking } from './linking.js';
import { LinkingBatch } from './linking-batch.js';
import { readPatient, withoutNumbers } from './read-patient.js';

const BY_RULE: Maker = { reason: 'STRONG_ID', by: 'rule', name: '', note: '' };

/** Links patients of a batch to persons by the rules. Whoever calls it says whom to tell, between `keep` and `mergePersons`. */
@Injectable()
export class LinkBatch {
  constructor(
    private readonly mergePersonsOf: MergePersons,
    private readonly patientNames: PatientNameStore,
  ) {}

  /** @param firstVersion of new links: 1 when they are told, 0 when they are not */
  async decide(tx: Sql, batch: readonly ObservedPatient[], now: Date, firstVersion: 0 | 1): Promise<Linking> {
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    const stated = batch.map((observed) => readPatient(observed, today));
    const numbers = stated.flatMap(({ statement }) => statement.strongNumbers);
    await lockIdentities(
      tx,
      stated.map(({ observed }) => observed.patient),
      numbers,
    );
    const doubtful = await doubtfulAmong(tx, numbers);
    const read = stated.map((one) => withoutNumbers(one, doubtful));
    const known = await LinkingBatch.load(tx, read);
    const unknown = read.filter(({ observed }) => known.patient(observed.patient) === undefined).length;
    const linking = new Linking(known, await nextPatientNos(tx, unknown), now, firstVersion);
    for (const one of read) linking.link(one);
    return linking;
  }

  async keep(tx: Sql, linking: Linking, now: Date): Promise<void> {
    const { persons, newPatients, redescribed, numbers, conflicts, descriptions, seen } = linking;
    const seenAt = [...persons].map(([personId, at]) => seen.get(personId) ?? at);
    await addPersons(tx, [...persons.keys()], seenAt);
    await addPatients(tx, newPatients, now);
    await keepNewest(tx, redescribed);
    await keepNumbers(tx, numbers);
    await keepObservations(tx, descriptions);
    const newNos = new Set(newPatients.map(({ patientNo }) => patientNo));
    await this.patientNames.describePatients(tx, linking.foundBy, newNos);
    await openConflicts(tx, conflicts, now);
    const inQuestion = conflicts.flatMap(({ number }) => (number === '' ? [] : [number]));
    await doubtNumbers(tx, inQuestion, now);
    await markSeen(tx, new Map([...seen].filter(([homeId]) => !persons.has(homeId))));
  }

  async mergePersons(tx: Sql, { merges }: Linking, now: Date): Promise<void> {
    for (const { fromId, intoId } of merges) await this.mergePersonsOf.execute(tx, fromId, intoId, BY_RULE, now);
  }
}
