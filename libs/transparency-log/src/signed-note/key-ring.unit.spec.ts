import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type KeyTurn, signCheckpoint } from './checkpoint.js';
import { KeyRing } from './key-ring.js';
import { noteSigner, verifierKey } from './note-keys.js';

const LOG = 'health.example/audit';

const pair = () => [
  generateKeyPairSync('ed25519').privateKey,
  generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey,
];
const texts = (keys: readonly KeyObject[]) => keys.map((key) => verifierKey(LOG, key));
const checkpoint = (size: number, by: readonly KeyObject[], turn?: KeyTurn) =>
  signCheckpoint(
    { origin: LOG, size, root: Buffer.alloc(32, size % 256), sealedAt: null, ...(turn && { turn }) },
    by.map((key) => noteSigner(LOG, key)),
  );
const turn = (size: number, from: readonly KeyObject[], to: readonly KeyObject[], by = [...from, ...to]) =>
  checkpoint(size, by, { retires: texts(from), adopts: texts(to) });

const [first, second, third] = [pair(), pair(), pair()];
const turns = [turn(100, first, second), turn(200, second, third)];
const opens = (ring: KeyRing, note: string) => {
  try {
    return ring.open(note).size;
  } catch {
    return 'refused';
  }
};

describe('the keys of a log', () => {
  it.each([
    ['first', first],
    ['second', second],
    ['third', third],
  ])('are followed through all turns by who trusts the %s ones', (_, trusted) => {
    const ring = KeyRing.of(LOG, texts(trusted)).following(turns);
    expect(ring.lines()).toEqual([
      ...texts(first).map((key) => `${key} until 100`),
      ...texts(second).map((key) => `${key} until 200`),
      ...texts(third),
    ]);
    expect(KeyRing.of(LOG, ring.lines()).following(turns).lines()).toEqual(ring.lines());
    for (const [size, by] of [
      [50, first],
      [100, first],
      [150, second],
      [9_999, third],
    ] as const)
      expect(opens(ring, checkpoint(size, by))).toBe(size);
  });

  it('that were retired sign nothing larger, as who stole them would', () => {
    const ring = KeyRing.of(LOG, texts(first)).following(turns);
    expect(opens(ring, checkpoint(101, first))).toBe('refused');
    expect(opens(ring, checkpoint(201, second))).toBe('refused');
    expect(opens(ring, checkpoint(201, [...first, ...second]))).toBe('refused');
  });

  it.each<[string, (thief: KeyObject[]) => string]>([
    ['only one of them signed', (thief) => turn(300, third, thief, [...third.slice(1), ...thief])],
    ['none of them signed', (thief) => turn(300, third, thief, thief)],
    ['those which were retired signed', (thief) => turn(300, second, thief)],
    ['was not signed by what it turns to', (thief) => turn(300, third, thief, third)],
    ['was changed', (thief) => turn(300, third, thief).replace('\n300\n', '\n301\n')],
  ])('do not turn to those of a note that %s', (_, forged) => {
    const ring = KeyRing.of(LOG, texts(first)).following(turns);
    expect(ring.following([forged(pair())]).lines()).toEqual(ring.lines());
  });

  it('of which none is in use are followed nowhere', () => {
    const ring = KeyRing.of(
      LOG,
      texts(first).map((key) => `${key} until 100`),
    );
    expect(ring.following([turn(90, first, pair())]).lines()).toEqual(ring.lines());
  });

  it('may turn one at a time', () => {
    const [ed25519, sm2] = first as [KeyObject, KeyObject];
    const next = generateKeyPairSync('ed25519').privateKey;
    const note = checkpoint(7, [ed25519, sm2, next], { retires: texts([ed25519]), adopts: texts([next]) });
    const ring = KeyRing.of(LOG, texts(first)).following([note]);
    expect(ring.lines()).toEqual([`${texts([ed25519])} until 7`, ...texts([sm2, next])]);
  });

  it('of another log, and lines that are none, are refused', () => {
    expect(opens(KeyRing.of('other.example', texts(first)), checkpoint(1, first))).toBe('refused');
    for (const line of ['', 'x', `${texts(first)[0]} until -1`, `${texts(first)[0]} until x`, `${texts(first)[0]} 7`])
      expect(() => KeyRing.of(LOG, [line])).toThrow();
  });
});
