import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@yinglian/persistence';
import { deedBy } from '@yinglian/platform';
import { type CertificateFiles, TestAuthority, TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';
import { schemaFaults } from '../testing/audit-message-schema.js';
import { readXml } from '../testing/read-xml.js';
import { SyslogReceiver } from '../testing/syslog-receiver.js';
import type { AtnaSettings } from './atna.config.js';
import { SendAtnaHandler } from './send-atna.handler.js';
import { SendAtnaWorker } from './send-atna.worker.js';

describe('the audit log that is sent to a repository of others', () => {
  let postgres: TestPostgres;
  let database: Database;
  let authority: TestAuthority;
  let receiver: SyslogReceiver;
  let client: CertificateFiles;
  let settings: AtnaSettings;
  let kept = 0;

  beforeAll(async () => {
    [postgres, authority] = await Promise.all([TestPostgres.start(), TestAuthority.create()]);
    const url = await postgres.createDatabase();
    await migrate(url, consentAuditMigrations);
    database = postgres.connect(url);
    client = await authority.issue('consent-audit');
    receiver = new SyslogReceiver(await authority.issue('repository'), authority.certificate);
    await receiver.start();
    settings = {
      host: '127.0.0.1',
      port: receiver.port,
      authorities: authority.certificate,
      certificate: undefined,
      key: undefined,
      origin: 'audit.example',
    };
  });
  afterEach(() => {
    receiver.diesAfterBytes = Number.POSITIVE_INFINITY;
  });
  afterAll(async () => {
    await receiver.stop();
    await authority.remove();
    await postgres.stop();
  });

  const keep = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const deed = deedBy(null, { action: 'hospital.change', hospital: 'H001' }, new Date());
      await database.transaction((tx) => keepOwnDeed(tx, deed));
    }
    kept += count;
  };
  const sender = (more: Partial<AtnaSettings> = {}) => new SendAtnaHandler(database, { ...settings, ...more });
  const send = (more: Partial<AtnaSettings> = {}) => sender(more).execute(new Date());
  const positions = () =>
    receiver.messages.map((message) => {
      const objects = readXml(message).children.filter(({ name }) => name === 'ParticipantObjectIdentification');
      return Number(objects.at(-1)?.attributes.ParticipantObjectID);
    });
  const all = () => Array.from({ length: kept }, (_, n) => n);

  it('arrives in its order, each record once while nothing fails, as messages that keep the schema', async () => {
    await keep(3);
    expect(await send()).toBe(3);
    await keep(2);
    expect([await send(), await send()]).toEqual([2, 0]);
    expect(positions()).toEqual(all());
    expect(receiver.messages.flatMap((message) => schemaFaults(readXml(message)))).toEqual([]);
  });

  it('waits while the repository is away, and goes on where it was', async () => {
    await receiver.stop();
    await keep(2);
    await expect(send()).rejects.toThrow('ECONNREFUSED');
    await receiver.start();
    expect(await send()).toBe(2);
    expect(positions()).toEqual(all());
  });

  it('is sent again where the repository died before it had read to the end', async () => {
    await keep(200);
    receiver.diesAfterBytes = 50_000;
    await expect(send()).rejects.toThrow();
    receiver.diesAfterBytes = Number.POSITIVE_INFINITY;
    expect(await send()).toBe(200);
    expect([...new Set(positions())].sort((one, other) => one - other)).toEqual(all());
    expect(positions().slice(-200)).toEqual(all().slice(-200));
  });

  it('is not sent to whom no authority of ours certifies', async () => {
    await keep(1);
    const another = await TestAuthority.create();
    try {
      await expect(send({ authorities: another.certificate })).rejects.toThrow('certificate');
    } finally {
      await another.remove();
    }
    expect(await send()).toBe(1);
  });

  it('shows a certificate to a repository that asks for one', async () => {
    await receiver.stop();
    await receiver.start({ asksForCertificate: true });
    await keep(1);
    await expect(send()).rejects.toThrow();
    expect(await send({ certificate: client.certificate, key: client.key })).toBe(1);
    await receiver.stop();
    await receiver.start();
  });

  it('is sent by one of several processes at a time', async () => {
    await keep(50);
    const before = receiver.messages.length;
    await Promise.all([send(), send(), send()]);
    await send();
    expect(positions().slice(before)).toEqual(all().slice(-50));
  });

  it('holds up nobody’s outbox while a slow repository reads', async () => {
    await keep(1);
    receiver.isSlow = true;
    const before = receiver.messages.length;
    const sending = send();
    while (receiver.messages.length === before) await pause(10);
    // The relay passes over nothing that is older than the oldest transaction that has changed something.
    const transactions = await database.query<{ changed: boolean }>(
      "SELECT backend_xid IS NOT NULL AS changed FROM pg_stat_activity WHERE state = 'idle in transaction'",
    );
    expect(transactions).toEqual([{ changed: false }]);
    receiver.hurry();
    expect(await sending).toBe(1);
  });

  it('is sent by a worker soon after it is kept, and by none where no repository is named', async () => {
    const none = { ...settings, host: null };
    const idle = new SendAtnaWorker(new SendAtnaHandler(database, none), none);
    idle.onApplicationBootstrap();
    await keep(1);
    const before = receiver.messages.length;
    const worker = new SendAtnaWorker(sender(), settings);
    worker.onApplicationBootstrap();
    for (let tries = 0; tries < 50 && receiver.messages.length === before; tries += 1) await pause(100);
    await worker.onModuleDestroy();
    await idle.onModuleDestroy();
    expect(positions().slice(before)).toEqual([kept - 1]);
  });
});
