import { Logger } from '@nestjs/common';
import { Database, plannedOnce } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import pg from 'pg';
import type { EventLog } from '../event-log/event-log.js';
import { sessionOfOne } from '../event-log/session-of-one.js';
import { WakeUp } from '../event-log/wake-up.js';

const BATCH = 500;
/** A safety net only: commits wake the relay. */
const POLL_MS = 1_000;
const RECONNECT_MS = 250;
/**
 * While events keep coming, so many milliseconds' worth of them go to the log together; and how soon to look again at rows that wait for an
 * older transaction to end.
 */
const REST_MS = 20;
const SETTLED = 'xid < pg_snapshot_xmin(pg_current_snapshot())';
/** The advisory lock of the one relay that works on a database. */
const RELAY_LOCK = 7_201_954_001;

/**
 * The session keeps the plans that it made while the outbox was empty, when reading all of it looked cheapest; what is read then is every row
 * that was moved since the last vacuum.
 */
const sessionOfRelay = {
  application_name: 'outbox relay',
  options: `${sessionOfOne.options} -c enable_seqscan=off`,
};

interface Row {
  id: string;
  topic: string;
  key: string;
  event_id: string;
  envelope: string;
  settled: boolean;
}

/**
 * Moves committed events from the outbox to the log, in the order in which they were added. A row is settled when no
 * transaction older than its own is still running; the first row that is not holds back all that follow, so a slow
 * transaction is never passed by what came after it. Of transactions that wait for one another's rows each adds its
 * event after the one before has committed, so their order is that of the commits, whatever order their ids have.
 */
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly wakeUp = new WakeUp(REST_MS);
  private running: Promise<void> | undefined;
  private stopping = false;
  private holdsLock = false;

  constructor(
    private readonly database: Database,
    private readonly log: EventLog,
  ) {}

  /** Whether this relay is the one that works on the database. */
  get isWorking(): boolean {
    return this.holdsLock;
  }

  /** Something was committed to the outbox. */
  wake(): void {
    this.wakeUp.wake();
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    let failed = false;
    while (!this.stopping) {
      try {
        await this.session(() => {
          failed = false;
        });
      } catch (error) {
        // Said once per outage, not at each attempt.
        if (!failed) this.logger.warn(`Events wait in the outbox: ${messageOf(error)}`);
        failed = true;
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
  }

  /** Works on one connection, which holds the relay's lock: when it breaks, another relay may take over at once. */
  private async session(onSuccess: () => void): Promise<void> {
    const client = new pg.Client({ ...this.database.pool.options, ...sessionOfOne, ...sessionOfRelay });
    client.on('error', () => this.wakeUp.wake());
    client.on('notification', () => this.wakeUp.wake());
    try {
      await client.connect();
      await client.query('LISTEN outbox');
      while (!this.stopping && !(await takeLock(client))) await this.wakeUp.wait(POLL_MS);
      this.holdsLock = true;
      while (!this.stopping) {
        const moved = await this.moveBatch(client);
        if (moved > 0) onSuccess();
        if (moved < BATCH) await this.wakeUp.wait((await isEmpty(client)) ? POLL_MS : REST_MS);
      }
    } finally {
      this.holdsLock = false;
      await client.end().catch(() => {});
    }
  }

  private async moveBatch(client: pg.Client): Promise<number> {
    // While the first one is not settled none is read: under load that is looked at many times a second.
    const waiting = await client.query<Row>({
      name: 'waiting-in-outbox',
      text: `SELECT id, topic, key, event_id, envelope, ${SETTLED} AS settled
             FROM outbox WHERE (SELECT ${SETTLED} FROM outbox ORDER BY id LIMIT 1) ORDER BY id LIMIT ${BATCH}`,
    });
    const firstUnsettled = waiting.rows.findIndex(({ settled }) => !settled);
    const rows = firstUnsettled === -1 ? waiting.rows : waiting.rows.slice(0, firstUnsettled);
    if (rows.length === 0) return 0;
    await this.log.append(
      rows.map(({ topic, key, event_id, envelope }) => ({ topic, key, eventId: event_id, envelope })),
    );
    await client.query({
      name: 'moved-from-outbox',
      text: `DELETE FROM outbox WHERE id = ANY (${plannedOnce('$1', 'bigint[]')})`,
      values: [rows.map(({ id }) => id)],
    });
    return rows.length;
  }
}

async function takeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [RELAY_LOCK]);
  return rows[0]?.taken === true;
}

async function isEmpty(client: pg.Client): Promise<boolean> {
  // Along the index, which forgets rows that are gone before the table does.
  const { rows } = await client.query({
    name: 'any-in-outbox',
    text: 'SELECT 1 FROM outbox ORDER BY id LIMIT 1',
  });
  return rows.length === 0;
}
