import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ConsentGrantedV1, ConsentWithdrawnV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';

export type ObjectionScope = { kind: 'person' } | { kind: 'study'; studyInstanceUid: string };

export interface Objection {
  readonly consentId: string;
  readonly personId: string;
  readonly studyInstanceUid: string | null;
  readonly note: string;
  readonly withdrawnAt: Date;
  /** When it was taken back; null while it is in force. */
  readonly grantedAt: Date | null;
}

const FLUSH_TIMEOUT_MS = 2_000;

/** A patient's objection to sharing, recorded at a hospital's desk; taking it back is as easy. Versions are kept. */
@Injectable()
export class RecordObjectionsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async object(
    personId: string,
    scope: ObjectionScope,
    note: string,
    recordedBy: string,
  ): Promise<{ consentId: string }> {
    const consentId = randomUUID();
    const withdrawnAt = new Date().toISOString();
    const studyUid = scope.kind === 'study' ? scope.studyInstanceUid : null;
    await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO objections (consent_id, person_id, study_uid, note, recorded_by, withdrawn_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [consentId, personId, studyUid, note, recordedBy, withdrawnAt],
      );
      await this.outbox.add(tx, ConsentWithdrawnV1, { consentId, personId, scope, withdrawnAt });
    });
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return { consentId };
  }

  async takeBack(consentId: string, grantedBy: string): Promise<Result<{ consentId: string }>> {
    const found = await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ personId: string; grantedAt: Date }>(
        `UPDATE objections SET granted_at = now(), granted_by = $2 WHERE consent_id = $1 AND granted_at IS NULL
         RETURNING person_id AS "personId", granted_at AS "grantedAt"`,
        [consentId, grantedBy],
      );
      if (row === undefined) return false;
      await this.outbox.add(tx, ConsentGrantedV1, {
        consentId,
        personId: row.personId,
        grantedAt: row.grantedAt.toISOString(),
      });
      return true;
    });
    if (!found) return failure(consentAuditProblems.OBJECTION_NOT_FOUND);
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return success({ consentId });
  }

  ofPerson(personId: string): Promise<Objection[]> {
    return this.database.query<Objection>(
      `SELECT consent_id AS "consentId", person_id AS "personId", study_uid AS "studyInstanceUid", note,
         withdrawn_at AS "withdrawnAt", granted_at AS "grantedAt"
       FROM objections WHERE person_id = $1 ORDER BY withdrawn_at DESC LIMIT 200`,
      [personId],
    );
  }
}
