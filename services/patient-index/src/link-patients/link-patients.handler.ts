import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type LinkRule, PersonLinkedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { type Conflict, decideLink, type Holder } from '../domain/link-decision.js';
import { type Observation, type ObservedPatient, readObservation } from '../domain/observation.js';
import { personIdOf } from '../domain/person-id.js';
import { openConflict } from '../storage/conflict.store.js';
import { lockIdentities } from '../storage/identity-locks.js';
import { keepObservation, observationsOf } from '../storage/observation.store.js';
import * as persons from '../storage/person.store.js';

/** What one batch changes of persons, applied at its end. */
interface Touched {
  readonly described: Set<string>;
  readonly seen: Map<string, Date>;
}

/** Links observed patients to persons, in the transaction of the events. */
@Injectable()
export class LinkPatientsHandler {
  constructor(private readonly outbox: Outbox) {}

  async execute(tx: Sql, batch: readonly ObservedPatient[], now: Date): Promise<void> {
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    const read = batch.map((observed) => ({ observed, seen: readObservation(observed, today) }));
    await lockIdentities(
      tx,
      read.map(({ observed }) => observed.patient),
      read.flatMap(({ seen }) => seen.residentIds),
    );
    const touched: Touched = { described: new Set(), seen: new Map() };
    for (const { observed, seen } of read) await this.link(tx, observed, seen, now, touched);
    await persons.refreshPersons(tx, touched.described);
    await persons.markSeen(tx, touched.seen);
  }

  private async link(tx: Sql, observed: ObservedPatient, seen: Observation, now: Date, touched: Touched) {
    const { patient, observedAt } = observed;
    const linked = await persons.linkedPersonOf(tx, patient);
    const decision = decideLink(seen, linked ?? null, await this.holdersOf(tx, seen.residentIds));
    let personId: string;
    let conflicts: readonly Conflict[] = [];
    if (decision.kind === 'keep' && linked !== undefined) {
      ({ personId } = linked);
      ({ conflicts } = decision);
      if (decision.claims !== null) await persons.claimResidentId(tx, personId, decision.claims);
    } else if (decision.kind === 'link') {
      ({ personId } = decision);
      await this.setFirstLink(tx, observed, personId, 'RESIDENT_ID', now);
    } else {
      personId = personIdOf(now, randomBytes(10));
      ({ conflicts } = decision);
      await persons.addPerson(tx, { personId, residentId: decision.claims, lastSeenAt: new Date(observedAt) });
      await this.setFirstLink(tx, observed, personId, 'NEW_PERSON', now);
    }
    for (const conflict of conflicts) await openConflict(tx, patient, conflict, now.toISOString());
    if (await keepObservation(tx, observed, seen)) touched.described.add(personId);
    const [at, before] = [new Date(observedAt), touched.seen.get(personId)];
    if (before === undefined || before < at) touched.seen.set(personId, at);
  }

  private async setFirstLink(tx: Sql, { patient }: ObservedPatient, personId: string, rule: LinkRule, now: Date) {
    await persons.setLink(tx, { patient, personId, rule, version: 1, linkedAt: now });
    await this.outbox.add(tx, PersonLinkedV1, { personId, patient, rule, version: 1, linkedAt: now.toISOString() });
  }

  private async holdersOf(tx: Sql, residentIds: readonly string[]): Promise<Holder[]> {
    if (residentIds.length === 0) return [];
    const holders = await persons.holdersOf(tx, residentIds);
    const known = await observationsOf(
      tx,
      holders.map(({ personId }) => personId),
    );
    return holders.flatMap(({ personId, residentId }) => {
      const observations = known.get(personId) ?? [];
      return residentId === null
        ? []
        : {
            personId,
            residentId,
            names: observations.map(({ name }) => name),
            birthDates: observations.flatMap(({ birthDate }) => birthDate ?? []),
          };
    });
  }
}
