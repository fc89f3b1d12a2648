import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup, survivorOf } from '@yinglian/access';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { type Deed, deedBy, failure, type Principal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { type Speaker, speaksFor } from '../domain/childhood.js';
import { type Statement, type Taking, whyNoEnd } from '../domain/statement.js';
import { FindPerson } from '../find-person/find-person.js';
import { endConsent, endSame, insertConsent } from '../storage/consent.store.js';
import { holdGroups, noteGroup } from '../storage/consent-groups.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { ofAgeAt } from './of-age-at.js';
import { tellEnd, tellStatement } from './tell-consents.js';

const FLUSH_TIMEOUT_MS = 2_000;

/** What a patient says of sharing, and takes back as easily. Answers come when the event is in the log (ADR 0006). */
@Injectable()
export class StateConsentsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly findPerson: FindPerson,
  ) {}

  /** Recorded for the survivor of those who are one, and noted for all of them (ADR 0026). A study is one of theirs. */
  async state(statement: Statement, taking: Taking, by: Principal, now: Date): Promise<Result<{ consentId: string }>> {
    const noEnd = whyNoEnd(statement, now);
    if (noEnd !== null) return failure(consentAuditProblems[noEnd]);
    if (!(await this.isTheirs(statement))) return failure(consentAuditProblems.STUDY_NOT_FOUND);
    const consentId = randomUUID();
    const saidAt = now.toISOString();
    const done = await this.database.transaction(async (tx) => {
      // A split at the same moment would miss what it has to carry over.
      await holdGroups(tx);
      const personId = await survivorOf(tx, statement.personId);
      const group = await personGroup(tx, personId);
      const refused = await whyNot(tx, taking.by.kind, group, now);
      if (refused !== null) return failure(consentAuditProblems[refused]);
      const said = { ...statement, personId };
      // What several are one in may be another's word: it stands, and is opened no longer than they are one.
      if (group.length === 1) {
        for (const ended of await endSame(tx, said, taking, saidAt)) await tellEnd(this.outbox, tx, ended, saidAt);
      }
      await insertConsent(tx, consentId, said, taking, group, saidAt);
      if (said.decision === 'closes') await noteGroup(tx, consentId, group);
      await tellStatement(this.outbox, tx, { consentId, ...said, persons: [...group], saidAt });
      const studyInstanceUid = said.scope.kind === 'study' ? said.scope.studyInstanceUid : null;
      const deed = { action: DEEDS[said.decision], code: said.scope.kind, studyInstanceUid, hospital: said.receiver };
      await keepOwnDeed(tx, deedBy(by, { ...deedOn(consentId, personId), ...deed }, now));
      return success({ consentId });
    });
    if (done.ok) await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return done;
  }

  /** Whoever says so speaks for the person as for a new statement. */
  async end(
    consentId: string,
    personId: string,
    taking: Taking,
    by: Principal,
    now: Date,
  ): Promise<Result<{ consentId: string }>> {
    const at = now.toISOString();
    const done = await this.database.transaction(async (tx): Promise<Result<{ consentId: string }>> => {
      const refused = await whyNot(tx, taking.by.kind, await personGroup(tx, personId), now);
      if (refused !== null) return failure(consentAuditProblems[refused]);
      const ended = await endConsent(tx, consentId, taking, at);
      if (ended === undefined) return failure(consentAuditProblems.CONSENT_NOT_FOUND);
      await tellEnd(this.outbox, tx, ended, at);
      await keepOwnDeed(tx, deedBy(by, { ...deedOn(consentId, personId), action: 'consent.end' }, now));
      return success({ consentId });
    });
    if (done.ok) await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return done;
  }

  /** A closed study is closed whoever it is linked to: nobody closes somebody else's. */
  private async isTheirs({ personId, scope }: Statement): Promise<boolean> {
    if (scope.kind === 'person') return true;
    const [owner, person] = await Promise.all([
      this.findPerson.survivor({ studyInstanceUid: scope.studyInstanceUid }),
      this.findPerson.survivor({ personId }),
    ]);
    return owner !== undefined && owner === person;
  }
}

const DEEDS = { closes: 'consent.close', opens: 'consent.open' } as const;

const deedOn = (consentId: string, personId: string): Omit<Deed, 'action'> => ({
  purposeOfUse: 'PATRQT',
  personId,
  object: { kind: 'consent', id: consentId },
});

const whyNot = async (tx: Sql, speaker: Speaker, group: readonly string[], now: Date) =>
  speaksFor(speaker, await ofAgeAt(tx, group), now);
