import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { recordsFrom } from '../storage/access-page.js';
import { keepSent, mayISend, nextToSend } from '../storage/atna-repository.store.js';
import { ATNA_SETTINGS, type AtnaSettings } from './atna.config.js';
import { auditMessage } from './audit-message.js';
import { sendFrames } from './syslog-connection.js';
import { syslogFrame } from './syslog-frame.js';

/** Sent over one connection. */
const AT_ONCE = 500;

/** Sends the log to a repository of others, in its order, each record at least once (IHE ITI-20; ADR 0057). */
@Injectable()
export class SendAtnaHandler {
  constructor(
    private readonly database: Database,
    @Inject(ATNA_SETTINGS) private readonly settings: AtnaSettings,
  ) {}

  /** Sends some of what was not sent, and says how many records that were. Rejects when the repository did not take them. */
  execute(now: Date): Promise<number> {
    const { host, port, origin } = this.settings;
    if (host === null) return Promise.resolve(0);
    const address = `${host}:${port}`;
    return this.database.transaction(async (tx) => {
      if (!(await mayISend(tx))) return 0;
      const records = await recordsFrom(tx, await nextToSend(tx, address), AT_ONCE);
      const last = records.at(-1);
      if (last === undefined) return 0;
      const sender = { hostname: hostname(), processId: process.pid };
      const frames = records.map((record) => syslogFrame(auditMessage(record, origin), record.at, sender));
      await sendFrames(frames, { ...this.settings, host });
      await keepSent(tx, address, Number(last.position) + 1, now);
      return records.length;
    });
  }

  /** Whether a turn was full. */
  static isFull(sent: number): boolean {
    return sent === AT_ONCE;
  }
}
