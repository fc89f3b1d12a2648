import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  consistencyProof,
  noteSigner,
  recordHash,
  rootOf,
  signCheckpoint,
  verifierKey,
} from '@yinglian/transparency-log';
import { TilesInMemory } from '@yinglian/transparency-log/testing';
import { WitnessLogHandler } from './witness-log.handler.js';
import { WitnessedLogStore } from './witnessed-log.store.js';

const ORIGIN = 'health.example/audit';
const HOUR_MS = 3_600_000;

/** The province's side, as consent-audit answers; whether that does is shown end to end. */
class ProvinceLog {
  private tiles = new TilesInMemory();
  key = generateKeyPairSync('ed25519').privateKey;
  status = 200;

  add(...records: string[]): void {
    this.tiles.append(Buffer.concat(records.map((text) => recordHash({ text }))));
  }

  /** Begins anew with other records. */
  rewrite(...records: string[]): void {
    this.tiles = new TilesInMemory();
    this.add(...records);
  }

  async checkpoint(): Promise<string> {
    const { size } = this.tiles;
    const signed = { origin: ORIGIN, size, root: await rootOf(this.tiles, size), sealedAt: null };
    return signCheckpoint(signed, [noteSigner(ORIGIN, this.key)]);
  }

  async get(path: string) {
    const body = await this.answer(path);
    return { status: body === undefined ? 404 : this.status, headers: {}, body: body ?? '' };
  }

  private async answer(path: string): Promise<string | undefined> {
    const { pathname, searchParams } = new URL(path, 'http://province');
    if (pathname.endsWith('/keys')) {
      return JSON.stringify({ origin: ORIGIN, verifierKeys: [verifierKey(ORIGIN, this.key)] });
    }
    const { size } = this.tiles;
    if (size === 0) return undefined;
    if (pathname.endsWith('/checkpoint')) return this.checkpoint();
    const from = Number(searchParams.get('from'));
    if (from > size) return undefined;
    const proof = (await consistencyProof(this.tiles, from, size)).map((hash) => hash.toString('base64'));
    return JSON.stringify({ checkpoint: await this.checkpoint(), proof });
  }
}

describe('a witness of the audit log', () => {
  let folder: string;
  let province: ProvinceLog;
  let now = 0;
  const look = () => new WitnessLogHandler(province, new WitnessedLogStore(folder)).execute(now);
  const file = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-witness-'));
    province = new ProvinceLog();
    now = 10 * HOUR_MS;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps what it sees of a log that grows, in files that a verifier reads', async () => {
    expect(await look()).toBe('nothing-sealed');
    province.add('a');
    expect(await look()).toBe('sound');
    const first = await province.checkpoint();
    province.add('b', 'c');
    expect(await look()).toBe('sound');
    expect(await look()).toBe('sound');
    expect(await file('latest.txt')).toBe(await province.checkpoint());
    expect(await file('checkpoints.txt')).toContain(first);
    expect(await file('contradictions.txt')).toBe('');
  });

  it('keeps one an hour for ever', async () => {
    const store = new WitnessedLogStore(folder);
    const witness = new WitnessLogHandler(province, store);
    for (const at of [0, 0.5, 1.1, 1.2, 2.2]) {
      province.add(`at ${at}`);
      await witness.execute((10 + at) * HOUR_MS);
    }
    expect((await file('checkpoints.txt')).match(new RegExp(`^${ORIGIN}$`, 'gm'))).toHaveLength(3);
  });

  it.each<[string, (log: ProvinceLog) => void]>([
    ['one record was rewritten', (log) => log.rewrite('a', 'x', 'c', 'd')],
    ['it became shorter', (log) => log.rewrite('a', 'b')],
    ['it began anew', (log) => log.rewrite()],
    ['all of it was rewritten in its length', (log) => log.rewrite('a', 'b', 'x')],
    ['somebody else signs', (log) => Object.assign(log, { key: generateKeyPairSync('ed25519').privateKey })],
  ])('sees that %s, and goes on seeing it', async (_, tamper) => {
    province.add('a', 'b', 'c');
    expect(await look()).toBe('sound');
    const before = await file('latest.txt');
    tamper(province);
    expect([await look(), await look()]).toEqual(['contradicts', 'contradicts']);
    province.add('e', 'f');
    expect(await look()).toBe('contradicts');
    expect(await file('latest.txt')).toBe(before);
    expect(await file('contradictions.txt')).toContain(ORIGIN);
  });

  it('tries again when the province cannot say', async () => {
    province.add('a');
    province.status = 503;
    await expect(look()).rejects.toThrow(/503/);
    province.status = 200;
    expect(await look()).toBe('sound');
  });
});
