import { Injectable } from '@nestjs/common';
import { PersonLinkedV2 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import type { ObservedPatient } from '../domain/observation.js';
import { isFirstFilling } from '../storage/first-filling.store.js';
import { addNewcomers } from '../storage/newcomer.store.js';
import { beginTelling } from '../storage/patient.store.js';
import { LinkBatch } from './link-batch.js';
import type { Linking } from './linking.js';

/** Links observed patients to persons, in the transaction of the events. */
@Injectable()
export class LinkPatientsHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly linkBatch: LinkBatch,
  ) {}

  async execute(tx: Sql, batch: readonly ObservedPatient[], now: Date): Promise<void> {
    const linking = await this.linkBatch.decide(tx, batch, now, 1);
    await this.linkBatch.keep(tx, linking, now);
    await this.tell(tx, linking, now);
    // Whoever comes while an empty index is filled is asked about when that has ended.
    if (!(await isFirstFilling(tx))) await addNewcomers(tx, linking.unlinked);
    await this.linkBatch.mergePersons(tx, linking, now);
  }

  /** New links, and those of loaded patients that nobody had reason to know before. */
  private async tell(tx: Sql, { known, newPatients, untold }: Linking, now: Date): Promise<void> {
    const added = newPatients.map((patient) => ({ ...patient, linkedAt: now }));
    const links = [...added, ...(await beginTelling(tx, [...untold]))];
    const events = links.map(({ patient, homeId, reason, linkedAt }) => {
      return { personId: known.survivorOf(homeId), patient, reason, version: 1, linkedAt: linkedAt.toISOString() };
    });
    await this.outbox.addAll(tx, PersonLinkedV2, events);
  }
}
