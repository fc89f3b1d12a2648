import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inFamilies, type SubscribeOptions } from '../event-log/event-log.js';
import { sessionOfOne } from '../event-log/session-of-one.js';
import { WakeUp } from '../event-log/wake-up.js';
import { commitPosition, fetchRecords, type Position } from './log.store.js';
import { acquire, announceMember, memberName, partitionsOf, release, shareOf } from './membership.store.js';
import { SerialConnection } from './serial-connection.js';

/** A safety net only: appended records and members that come and go wake the session. */
const POLL_MS = 1_000;
const FETCH_RECORDS = 200;
const BUSY_PARTITIONS = 4;

interface Lease extends Position {
  busy: Promise<void> | undefined;
}

/**
 * Consumes on one connection. A partition is leased by a session-level advisory lock of that connection, and offsets are
 * committed through it: when the process or the connection dies the leases are free at once, and nothing can be
 * committed without them.
 */
export class ConsumerSession {
  private readonly member: string;
  private readonly client: pg.Client;
  private readonly connection: SerialConnection;
  private readonly leases = new Map<string, Lease>();
  private readonly over = new AbortController();
  private failure: unknown;

  constructor(
    pool: pg.Pool,
    private readonly options: SubscribeOptions,
    private readonly wakeUp: WakeUp,
    private readonly closing: AbortSignal,
  ) {
    this.member = memberName(options.group, randomBytes(6).toString('hex'));
    this.client = new pg.Client({ ...pool.options, application_name: this.member, ...sessionOfOne });
    this.connection = new SerialConnection(this.client);
    this.client.on('error', (error) => this.fail(error));
    this.client.on('end', () => this.fail(new Error('The connection ended')));
    this.client.on('notification', ({ payload = '' }) => {
      if (payload === 'members') this.balanceAt = 0;
      else if (!inFamilies(payload, this.options.families)) return;
      this.wakeUp.wake();
    });
  }

  private balanceAt = 0;

  /** Runs until the subscription closes; throws when the connection is lost. */
  async run(onConnected: () => void): Promise<void> {
    try {
      await this.client.connect();
      await this.connection.query('LISTEN event_log');
      await announceMember(this.connection);
      onConnected();
      while (!this.closing.aborted && this.failure === undefined) {
        if (Date.now() >= this.balanceAt) await this.balance();
        const started = await this.startWork();
        if (!started) await this.wakeUp.wait(Math.max(1, Math.min(POLL_MS, this.balanceAt - Date.now())));
      }
      if (this.failure !== undefined) throw this.failure;
    } finally {
      if (!this.closing.aborted) this.over.abort();
      await Promise.allSettled([...this.leases.values()].map(({ busy }) => busy));
      // Whoever waits for these partitions need not wait for its next poll.
      await announceMember(this.connection).catch(() => {});
      await this.client.end().catch(() => {});
    }
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.over.abort();
    this.wakeUp.wake();
  }

  /** Takes this member's share of the partitions and gives up what is no longer in it, once it is not being handled. */
  private async balance(): Promise<void> {
    const partitions = await partitionsOf(this.connection, this.options.families);
    const share = await shareOf(this.connection, this.options.group, this.member, partitions);
    const wanted = new Set(share.map(nameOf));
    let settled = true;
    for (const [name, lease] of this.leases) {
      if (wanted.has(name)) continue;
      if (lease.busy === undefined) {
        this.leases.delete(name);
        await release(this.connection, this.options.group, lease);
        await announceMember(this.connection);
      } else settled = false;
    }
    for (const partition of share) {
      if (this.leases.has(nameOf(partition))) continue;
      const position = await acquire(this.connection, this.options.group, partition);
      if (position === undefined) settled = false;
      else this.leases.set(nameOf(partition), { ...partition, position, busy: undefined });
    }
    this.balanceAt = Date.now() + (settled ? POLL_MS : POLL_MS / 20);
  }

  /** Fetches for as many idle partitions as may be busy, the longest idle first. False when there was nothing to start. */
  private async startWork(): Promise<boolean> {
    const leases = [...this.leases.values()];
    const free = BUSY_PARTITIONS - leases.filter(({ busy }) => busy !== undefined).length;
    const idle = leases.filter(({ busy }) => busy === undefined);
    if (free <= 0 || idle.length === 0) return false;
    const fetched = await fetchRecords(this.connection, idle, { records: FETCH_RECORDS, partitions: free });
    for (const lease of idle) {
      const records = fetched.get(nameOf(lease));
      if (records === undefined) continue;
      this.leases.delete(nameOf(lease));
      this.leases.set(nameOf(lease), lease);
      lease.busy = this.work(lease, records).finally(() => {
        lease.busy = undefined;
        this.wakeUp.wake();
      });
    }
    return fetched.size > 0;
  }

  private async work(lease: Lease, records: { position: number; key: string; eventId: string; envelope: string }[]) {
    const last = records.at(-1);
    if (last === undefined) return;
    try {
      await this.options.onRecords(
        records.map((record) => ({ topic: lease.topic, ...record })),
        AbortSignal.any([this.over.signal, this.closing]),
      );
      await commitPosition(this.connection, this.options.group, { ...lease, position: last.position });
      lease.position = last.position;
    } catch (error) {
      if (!this.closing.aborted) this.fail(error);
    }
  }
}

const nameOf = ({ topic, partition }: { topic: string; partition: number }) => `${topic}/${partition}`;
