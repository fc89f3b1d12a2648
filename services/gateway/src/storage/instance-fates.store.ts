import { Logger } from '@nestjs/common';
import { z } from 'zod';
import { type DecidedInstance, INSTANCE_FATES, type InstanceFate } from '../domain/instance-fate.js';
import type { Ledger } from '../ledger/ledger.js';

const DAY_MS = 24 * 3_600_000;
const FORGOTTEN_AT_ONCE = 5_000;

/**
 * A request of storage commitment names no bytes: while something is remembered to be aside under a SOP Instance UID, nothing
 * that comes under it is simply registered.
 */
const RECORD = `INSERT INTO instance_fates (sop_instance_uid, sop_class_uid, fate, decided_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (sop_instance_uid) DO UPDATE SET sop_class_uid = ?2, fate = ?3, decided_at = ?4
  WHERE fate <> 'quarantined' OR ?3 = 'quarantined' OR decided_at < ?5`;
const FORGET = `DELETE FROM instance_fates WHERE sop_instance_uid IN
  (SELECT sop_instance_uid FROM instance_fates WHERE decided_at < ? ORDER BY decided_at LIMIT ?)`;

const Row = z.object({ sop_class_uid: z.string(), fate: z.enum(INSTANCE_FATES) });

export interface InstanceNames {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

export interface KnownFate {
  readonly sopClassUid: string;
  readonly fate: InstanceFate;
}

/** Which instances are on their way to the registry, and what became of those of the last days. */
export class InstanceFates {
  private readonly logger = new Logger(InstanceFates.name);
  /** How many acknowledged files under a SOP Instance UID the registry has not decided on. */
  private readonly onTheirWay = new Map<string, number>();
  private readonly listeners: ((sopInstanceUids: readonly string[]) => void)[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly rememberedDays: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** An instance is durable here. */
  arrived(sopInstanceUid: string): void {
    this.onTheirWay.set(sopInstanceUid, (this.onTheirWay.get(sopInstanceUid) ?? 0) + 1);
  }

  /** It was here twice. */
  dropped(sopInstanceUid: string): void {
    const left = (this.onTheirWay.get(sopInstanceUid) ?? 0) - 1;
    if (left > 0) this.onTheirWay.set(sopInstanceUid, left);
    else this.onTheirWay.delete(sopInstanceUid);
  }

  /**
   * Written down when it resolves. A ledger that fails holds no image back: what is not known later is said to be so, and
   * the device sends again.
   */
  async decided(instances: readonly DecidedInstance[]): Promise<void> {
    try {
      this.record(instances);
      await this.ledger.durable();
    } catch (error) {
      this.logger.error({ err: error }, 'What became of instances cannot be written down');
    }
    this.stayed(instances);
  }

  /** They are not on their way any more, and what was known of them holds. */
  stayed(instances: readonly Pick<InstanceNames, 'sopInstanceUid'>[]): void {
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    for (const uid of uids) this.dropped(uid);
    for (const listener of this.listeners) listener(uids);
  }

  private record(instances: readonly DecidedInstance[]): void {
    const { forgottenBefore } = this;
    const now = this.now();
    this.ledger.transaction(() => {
      const record = this.ledger.prepare(RECORD);
      for (const { sopInstanceUid, sopClassUid, fate } of instances) {
        record.run(sopInstanceUid, sopClassUid, fate, now, forgottenBefore);
      }
      this.ledger.prepare(FORGET).run(forgottenBefore, FORGOTTEN_AT_ONCE);
    });
  }

  private get forgottenBefore(): number {
    return this.now() - this.rememberedDays * DAY_MS;
  }

  isOnItsWay(sopInstanceUid: string): boolean {
    return this.onTheirWay.has(sopInstanceUid);
  }

  /** Undefined when it was never decided on, or too long ago. */
  of(sopInstanceUid: string): KnownFate | undefined {
    const [row] = this.ledger.query(
      Row,
      'SELECT sop_class_uid, fate FROM instance_fates WHERE sop_instance_uid = ? AND decided_at >= ?',
      sopInstanceUid,
      this.forgottenBefore,
    );
    return row && { sopClassUid: row.sop_class_uid, fate: row.fate };
  }

  /** Called after each decision, with the instances that it was about. */
  onDecided(listener: (sopInstanceUids: readonly string[]) => void): void {
    this.listeners.push(listener);
  }
}
