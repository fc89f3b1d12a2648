import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { SweepSessions } from '../keep-sessions/sweep-sessions.js';
import { sweepHospitalSignIns } from '../storage/hospital-sign-in.store.js';
import { sweepChallenges } from '../storage/passkey-challenge.store.js';
import { sweepRecords } from '../storage/provider-record.store.js';
import { expireProposals } from '../storage/role-proposal.store.js';
import { sweepFailures } from '../storage/sign-in-failure.store.js';

const EVERY_MS = 60_000;

/** Ends sessions whose time is over, forgets expired codes, grants and failures, and closes proposals that waited too long, once a minute. */
@Injectable()
export class SweepRecords implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SweepRecords.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly sessions: SweepSessions,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping = this.sweep();
    }, EVERY_MS);
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    return this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      const now = new Date();
      await this.sessions.sweep(now);
      await sweepRecords(this.database);
      await sweepFailures(this.database, now);
      await sweepHospitalSignIns(this.database);
      await sweepChallenges(this.database);
      await expireProposals(this.database, now);
    } catch (error) {
      // The database may be restarting; the next minute does it.
      this.logger.warn(error);
    }
  }
}
