import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { personGroup, survivorOf } from '@yinglian/access';
import { ConsentGrantedV1, ConsentWithdrawnV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Deed, deedBy, failure, isPerson, type Principal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { holdGroups, noteGroup } from '../storage/objection-groups.js';
import { type Objection, objectionsOf } from '../storage/objection-list.js';

export type ObjectionScope = { kind: 'person' } | { kind: 'study'; studyInstanceUid: string };

const FLUSH_TIMEOUT_MS = 2_000;

const accountOf = (by: Principal) => (isPerson(by) ? by.subject : by.clientId);

const deedOf = (consentId: string, personId: string): Omit<Deed, 'action'> => ({
  purposeOfUse: 'PATRQT',
  personId,
  object: { kind: 'consent', id: consentId },
});

/** A patient's objection to sharing, recorded at a hospital's desk; taking it back is as easy. Versions are kept. */
@Injectable()
export class RecordObjectionsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Recorded for the survivor of those who are one, and noted for all of them (ADR 0026). */
  async object(
    aboutPerson: string,
    scope: ObjectionScope,
    note: string,
    by: Principal,
  ): Promise<{ consentId: string }> {
    const consentId = randomUUID();
    const now = new Date();
    const withdrawnAt = now.toISOString();
    const studyUid = scope.kind === 'study' ? scope.studyInstanceUid : null;
    await this.database.transaction(async (tx) => {
      // A split at the same moment would miss what it has to carry over.
      await holdGroups(tx);
      const personId = await survivorOf(tx, aboutPerson);
      await tx.query(
        `INSERT INTO objections (consent_id, person_id, study_uid, note, recorded_by, withdrawn_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [consentId, personId, studyUid, note, accountOf(by), withdrawnAt],
      );
      await noteGroup(tx, consentId, await personGroup(tx, personId));
      await this.outbox.add(tx, ConsentWithdrawnV1, { consentId, personId, scope, withdrawnAt });
      const deed = { ...deedOf(consentId, personId), action: 'objection.record', code: scope.kind } as const;
      await keepOwnDeed(tx, deedBy(by, { ...deed, studyInstanceUid: studyUid }, now));
    });
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return { consentId };
  }

  async takeBack(consentId: string, by: Principal): Promise<Result<{ consentId: string }>> {
    const found = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ personId: string; grantedAt: Date }>(
        `UPDATE objections SET granted_at = now(), granted_by = $2 WHERE consent_id = $1 AND granted_at IS NULL
         RETURNING person_id AS "personId", granted_at AS "grantedAt"`,
        [consentId, accountOf(by)],
      );
      if (row === undefined) return false;
      await this.outbox.add(tx, ConsentGrantedV1, {
        consentId,
        personId: row.personId,
        grantedAt: row.grantedAt.toISOString(),
      });
      const deed = { ...deedOf(consentId, row.personId), action: 'objection.withdraw' } as const;
      await keepOwnDeed(tx, deedBy(by, deed, row.grantedAt));
      return true;
    });
    if (!found) return failure(consentAuditProblems.OBJECTION_NOT_FOUND);
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return success({ consentId });
  }

  /** Of all who are one with the person. */
  async ofPerson(personId: string): Promise<Objection[]> {
    const group = await personGroup(this.database, personId);
    return objectionsOf(this.database, group);
  }
}
