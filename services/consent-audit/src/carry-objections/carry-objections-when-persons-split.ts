import { Injectable } from '@nestjs/common';
import { personGroup, type SurvivorFollower, type SurvivorTold } from '@yinglian/access';
import { AccountUnlinkedV1, ConsentEndedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { scopeOf, tellStatement } from '../state-consents/tell-consents.js';
import { endLinksApart } from '../storage/account-link.store.js';
import { carryOver, endApart, lockGroups, noteGroupSince } from '../storage/consent-groups.js';

/**
 * What was objected to while persons were one holds for each of them when they are split: nobody knows who it was that came to
 * the desk. Whoever it was not takes it back. When several are told of one after the other, some may seem to be split for a moment:
 * then there is one objection more than needed, never one less. What was opened while they were one, and accounts that stand for
 * them, fall for the same reason: they are given anew.
 */
@Injectable()
export class CarryObjectionsWhenPersonsSplit implements SurvivorFollower {
  constructor(private readonly outbox: Outbox) {}

  async survivorTold(tx: Sql, told: SurvivorTold): Promise<void> {
    await lockGroups(tx);
    const group = await personGroup(tx, told.personId);
    if (told.isNews && told.survivorId !== null) await noteGroupSince(tx, group, told.at);
    for (const { consentId, personId, studyUid, receiver, saidAt } of await carryOver(tx, group)) {
      const said = {
        consentId,
        personId,
        scope: scopeOf(studyUid),
        receiver,
        decision: 'closes' as const,
        until: null,
      };
      await tellStatement(this.outbox, tx, { ...said, persons: [personId], saidAt: saidAt.toISOString() });
    }
    for (const { persons, ...fallen } of await endApart(tx, told.personId, group, told.at)) {
      await this.outbox.add(tx, ConsentEndedV1, { ...fallen, persons: [...persons], endedAt: told.at });
    }
    for (const link of await endLinksApart(tx, told.personId, group, told.at)) {
      await this.outbox.add(tx, AccountUnlinkedV1, { ...link, unlinkedAt: told.at });
    }
  }
}
