import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type Result, type ServicePrincipal, success } from '@yinglian/platform';
import { cosignedAt, readWitnessKey, type WitnessKey } from '@yinglian/transparency-log';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { LOG_KEYS, type LogKeyFile } from '../seal-log/log-keys.js';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { WitnessStore } from '../storage/witness.store.js';

export interface Cosigned {
  /** The records of the checkpoint. */
  readonly size: number;
  readonly verifierKey: string;
  /** The line that is to stand under it (C2SP tlog-cosignature). */
  readonly cosignature: string;
}

/** Keeps what a hospital's gateway signed of the log. Its key is what it says first; another one later is a deed that auditors see. */
@Injectable()
export class CosignHandler {
  constructor(
    private readonly database: Database,
    @Inject(LOG_KEYS) private readonly keyFile: LogKeyFile,
  ) {}

  /** Failure: LOG_NOT_SEALED, COSIGNATURE_REFUSED. */
  async execute({ size, verifierKey, cosignature }: Cosigned, by: ServicePrincipal, now: Date): Promise<Result<void>> {
    const { hospital } = by;
    const checkpoint = await new AuditLogStore(this.database).checkpointOf(size);
    if (checkpoint === undefined) return failure(problems.LOG_NOT_SEALED);
    const key = keyOf(verifierKey);
    if (hospital === null || key?.name !== `${this.keyFile.origin}/witness/${hospital}`)
      return failure(problems.COSIGNATURE_REFUSED);
    const line = `${cosignature}\n`;
    if (!isSigned(checkpoint.note + line, key)) return failure(problems.COSIGNATURE_REFUSED);
    await this.database.transaction(async (tx) => {
      const witnesses = new WitnessStore(tx);
      const known = await witnesses.keepKey(hospital, verifierKey, now);
      await witnesses.keepCosignature({ hospital, size, line }, now);
      if (known === 'known') return;
      const action = known === 'first' ? 'witness.add' : 'witness.change';
      const object = { kind: 'witness', id: key.keyId.toString('hex') } as const;
      await keepOwnDeed(tx, deedBy(by, { action, hospital, object }, now));
    });
    return success(undefined);
  }
}

function keyOf(text: string): WitnessKey | undefined {
  try {
    return readWitnessKey(text);
  } catch {
    return undefined;
  }
}

function isSigned(note: string, key: WitnessKey): boolean {
  try {
    return cosignedAt(note, key) !== undefined;
  } catch {
    return false;
  }
}
