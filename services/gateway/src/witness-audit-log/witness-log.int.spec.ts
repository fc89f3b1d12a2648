import { generateKeyPairSync } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cosignedAt, readWitnessKey, recordHash, verifierKey } from '@yinglian/transparency-log';
import { ORIGIN, ProvinceLog } from '../testing/province-log.js';
import { CosignLogHandler } from './cosign-log.handler.js';
import { KeepTilesHandler } from './keep-tiles.handler.js';
import { SealedLogClient } from './sealed-log.client.js';
import { WitnessLogHandler } from './witness-log.handler.js';
import { WitnessedLogStore } from './witnessed-log.store.js';

const HOUR_MS = 3_600_000;

describe('a witness of the audit log', () => {
  let folder: string;
  let province: ProvinceLog;
  let now = 0;
  const witness = (hospital = 'H001', oneIn = 1) => {
    const [log, store] = [new SealedLogClient(province), new WitnessedLogStore(folder)];
    const keepTiles = new KeepTilesHandler(log, store, hospital, oneIn);
    return new WitnessLogHandler(log, store, new CosignLogHandler(log, store, hospital), keepTiles);
  };
  const look = () => witness().execute(now);
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
    const lasting = witness();
    for (const at of [0, 0.5, 1.1, 1.2, 2.2]) {
      province.add(`at ${at}`);
      await lasting.execute((10 + at) * HOUR_MS);
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

  it('follows the log’s keys where those that it trusts say so, and believes those of before no more', async () => {
    province.add('a', 'b');
    await look();
    const before = province.key;
    await province.turnTo(generateKeyPairSync('ed25519').privateKey);
    province.add('c');
    await province.turnTo(generateKeyPairSync('ed25519').privateKey);
    province.add('d', 'e');
    expect([await look(), await look()]).toEqual(['sound', 'sound']);
    expect((await file('keys.txt')).trim().split('\n')).toEqual([
      `${verifierKey(ORIGIN, before)} until 2`,
      expect.stringMatching(/ until 3$/),
      verifierKey(ORIGIN, province.key),
    ]);
    province.key = before;
    province.add('f');
    expect(await look()).toBe('contradicts');
  });

  it('follows no keys that those it trusts did not sign', async () => {
    province.add('a', 'b');
    await look();
    const keys = await file('keys.txt');
    const thief = generateKeyPairSync('ed25519').privateKey;
    await province.turnTo(thief, [thief]);
    province.add('c');
    expect(await look()).toBe('contradicts');
    expect(await file('keys.txt')).toBe(keys);
  });

  it('signs what lasts of the log, each once, with a key that stays', async () => {
    province.add('a', 'b');
    const watching = witness();
    expect([await watching.execute(now), province.cosigned]).toEqual(['sound', []]);
    province.lastingSize = 2;
    province.add('c');
    for (const at of [now, now + 1_000]) expect(await watching.execute(at)).toBe('sound');
    expect(province.cosigned).toMatchObject([{ size: 2 }]);
    province.lastingSize = 3;
    expect(await look()).toBe('sound');
    const own = (await file('cosigning-key.txt')).trim();
    expect(own.startsWith(`${ORIGIN}/witness/H001+`)).toBe(true);
    expect(province.cosigned.map(({ size, verifierKey }) => [size, verifierKey])).toEqual([
      [2, own],
      [3, own],
    ]);
    const note = `${await province.checkpoint(3)}${province.cosigned[1]?.cosignature}\n`;
    expect(cosignedAt(note, readWitnessKey(own))).toEqual(new Date(now));
  });

  it('signs the same again in an hour: it still watches', async () => {
    province.add('a');
    province.lastingSize = 1;
    const watching = witness();
    await watching.execute(now);
    for (const at of [0, 1_000, HOUR_MS, HOUR_MS + 1_000]) await watching.execute(now + at);
    expect(province.cosigned).toHaveLength(2);
  });

  it('signs nothing of a log that contradicts what it saw', async () => {
    province.add('a', 'b', 'c');
    await look();
    province.rewrite('a', 'x', 'c', 'd');
    province.lastingSize = 4;
    expect(await look()).toBe('contradicts');
    expect(province.cosigned).toEqual([]);
  });

  describe('keeps the hashes of records', () => {
    const many = (count: number, what = 'record') => Array.from({ length: count }, (_, n) => `${what} ${n}`);
    const kept = async () =>
      (await file('tiles.ndjson'))
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line) as { tile: number; hashes: string });
    const keptTiles = async () => (await kept()).map(({ tile }) => tile);

    it('of whole tiles, each once, also after a restart in the middle of a line', async () => {
      province.add(...many(600));
      const watching = witness();
      expect([await watching.execute(now), await watching.execute(now)]).toEqual(['sound', 'sound']);
      expect(await keptTiles()).toEqual([0, 1]);
      const first = Buffer.from((await kept())[0]?.hashes ?? '', 'base64');
      expect(first.subarray(0, 32)).toEqual(recordHash({ text: 'record 0' }));
      await appendFile(join(folder, 'tiles.ndjson'), '{"tile":2,"hash');
      province.add(...many(300, 'more'));
      expect([await look(), await look()]).toEqual(['sound', 'sound']);
      expect(await keptTiles()).toEqual([0, 1, 2]);
    });

    it('of some tiles, others than another hospital', async () => {
      province.add(...many(256 * 90));
      for (let n = 0; n < 3; n += 1) await witness('H001', 3).execute(now);
      const own = await keptTiles();
      expect(own.length).toBeGreaterThan(15);
      expect(own.length).toBeLessThan(45);
      await rm(join(folder, 'tiles.ndjson'));
      for (let n = 0; n < 3; n += 1) await witness('H002', 3).execute(now);
      expect(await keptTiles()).not.toEqual(own);
    });

    it('of many, some at a time', async () => {
      province.add(...many(256 * 70));
      const watching = witness();
      await watching.execute(now);
      expect(await keptTiles()).toHaveLength(64);
      await watching.execute(now);
      expect(await keptTiles()).toHaveLength(70);
    });

    it('and contradicts a province that shows others than it signed', async () => {
      province.add(...many(300));
      province.tampersTiles = true;
      expect(await look()).toBe('contradicts');
      expect(await keptTiles()).toEqual([]);
    });
  });

  it('tries again when the province cannot say', async () => {
    province.add('a');
    province.status = 503;
    await expect(look()).rejects.toThrow(/503/);
    province.status = 200;
    expect(await look()).toBe('sound');
  });
});
