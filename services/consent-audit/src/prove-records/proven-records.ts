import type { Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { inclusionProofs } from '@yinglian/transparency-log';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { loggedRecordsOf } from '../storage/logged-records.js';

export interface ProvenRecords {
  /** The signed checkpoint (C2SP tlog-checkpoint) that the proofs lead to. */
  readonly checkpoint: string;
  readonly records: readonly {
    readonly index: number;
    /** As it was sealed: its hash is over its canonical JSON. */
    readonly record: Record<string, unknown>;
    /** Hashes in base64, lowest first (RFC 6962 section 2.1.1). */
    readonly proof: readonly string[];
  }[];
}

/** All records of these accesses, further looks too, each with the proof that it is in the sealed log. Failure: LOG_NOT_SEALED. */
export async function provenRecords(sql: Sql, accessIds: readonly string[]): Promise<Result<ProvenRecords>> {
  const log = new AuditLogStore(sql);
  const checkpoint = await log.newestCheckpoint();
  const logged = await loggedRecordsOf(sql, accessIds);
  if (checkpoint === undefined || logged.some(({ position }) => position >= checkpoint.size))
    return failure(problems.LOG_NOT_SEALED);
  const indexes = logged.map(({ position }) => position);
  const proofs = await inclusionProofs(log, indexes, checkpoint.size);
  const records = logged.map(({ position, record }, n) => ({
    index: position,
    record,
    proof: (proofs[n] ?? []).map((hash) => hash.toString('base64')),
  }));
  return success({ checkpoint: checkpoint.note, records });
}
