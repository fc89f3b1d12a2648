import { Injectable } from '@nestjs/common';
import { PersonLinkedV2 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { MergePersons } from '../decide-on-persons/merge-persons.js';
import type { ObservedPatient } from '../domain/observation.js';
import { AskAboutLikely } from '../find-likely/ask-about-likely.js';
import { openConflicts } from '../storage/conflict.store.js';
import type { Maker } from '../storage/decision.store.js';
import { doubtfulAmong, doubtNumbers } from '../storage/doubtful-number.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { keepNumbers } from '../storage/number.store.js';
import { keepObservations } from '../storage/observation.store.js';
import { addPatients, nextPatientNos } from '../storage/patient.store.js';
import { PatientNameStore } from '../storage/patient-name.store.js';
import { addPersons, markSeen } from '../storage/person.store.js';
import { Linking } from './linking.js';
import { LinkingBatch } from './linking-batch.js';
import { readPatient, withoutNumbers } from './read-patient.js';

const BY_RULE: Maker = { reason: 'STRONG_ID', by: 'rule', name: '', note: '' };

/** Links observed patients to persons, in the transaction of the events. */
@Injectable()
export class LinkPatientsHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly mergePersons: MergePersons,
    private readonly patientNames: PatientNameStore,
    private readonly askAboutLikely: AskAboutLikely,
  ) {}

  async execute(tx: Sql, batch: readonly ObservedPatient[], now: Date): Promise<void> {
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
    const linking = new Linking(known, await nextPatientNos(tx, unknown), now);
    for (const one of read) linking.link(one);
    await this.write(tx, linking, now);
  }

  private async write(tx: Sql, linking: Linking, now: Date): Promise<void> {
    const { known, persons, patients, numbers, conflicts, descriptions, merges, seen } = linking;
    await addPersons(tx, [...persons.keys()], [...persons.values()]);
    await addPatients(tx, patients, now);
    const linkedAt = now.toISOString();
    const events = patients.map(({ patient, homeId, reason }) => {
      return { personId: known.survivorOf(homeId), patient, reason, version: 1, linkedAt };
    });
    await this.outbox.addAll(tx, PersonLinkedV2, events);
    await keepNumbers(tx, numbers);
    for (const round of descriptions) await keepObservations(tx, round);
    await this.patientNames.describePatients(tx, linking.foundBy);
    await openConflicts(tx, conflicts, now);
    const inQuestion = conflicts.flatMap(({ number }) => (number === '' ? [] : [number]));
    await doubtNumbers(tx, inQuestion, now);
    await this.askAboutLikely.execute(tx, linking.unlinked, now);
    await markSeen(tx, seen);
    for (const { fromId, intoId } of merges) await this.mergePersons.execute(tx, fromId, intoId, BY_RULE, now);
  }
}
