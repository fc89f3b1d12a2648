import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKeyFile, signCheckpoint } from '@yinglian/transparency-log';
import { chooseSigners, keysInUse, type SignedBefore } from './choose-signers.js';
import { type LogKey, LogKeyFile } from './log-keys.js';

const ORIGIN = 'health.example/audit';

describe('who signs the audit log', () => {
  let folder: string;
  const [first, second, third] = [newKeyFile(), newKeyFile(), newKeyFile()];
  let files = 0;

  const keysOf = (...pems: string[]) => {
    files += 1;
    const path = join(folder, `${files}.pem`);
    writeFileSync(path, pems.join(''));
    return new LogKeyFile(ORIGIN, path).keys();
  };
  const textsOf = (keys: readonly LogKey[]) => keys.map(({ text }) => text);
  /** The next checkpoint, as the file makes it. */
  const signed = (file: readonly LogKey[], size: number, before?: SignedBefore): SignedBefore => {
    const { signers, turn } = chooseSigners(ORIGIN, file, before);
    const of = { origin: ORIGIN, size, root: Buffer.alloc(32), sealedAt: null, ...(turn && { turn }) };
    const note = signCheckpoint(
      of,
      signers.map(({ signer }) => signer),
    );
    return { note, turns: [...(before?.turns ?? []), ...(turn ? [note] : [])] };
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'yinglian-keys-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is both kinds of key, from the first checkpoint on', () => {
    const file = keysOf(first);
    expect(chooseSigners(ORIGIN, file, undefined)).toEqual({ signers: file });
    expect(chooseSigners(ORIGIN, file, signed(file, 1))).toEqual({ signers: file });
  });

  it('becomes those that stand behind them in the file, once, with a checkpoint that both sign', () => {
    const before = signed(keysOf(first), 1);
    const file = keysOf(first, second);
    const [old, next] = [textsOf(file.slice(0, 2)), textsOf(file.slice(2))];
    expect(chooseSigners(ORIGIN, file, before)).toEqual({ signers: file, turn: { retires: old, adopts: next } });
    expect(keysInUse(ORIGIN, file, before)).toEqual(old);
    const turned = signed(file, 2, before);
    for (const each of [turned, signed(file, 3, turned)]) {
      expect(chooseSigners(ORIGIN, file, each)).toEqual({ signers: file.slice(2) });
      expect(keysInUse(ORIGIN, file, each)).toEqual(next);
    }
    const only = keysOf(second);
    expect(textsOf(chooseSigners(ORIGIN, only, turned).signers)).toEqual(next);
    const again = signed(keysOf(second, third), 4, signed(only, 3, turned));
    expect(again.turns).toHaveLength(2);
    expect(keysInUse(ORIGIN, keysOf(third), again)).toEqual(textsOf(keysOf(third)));
  });

  it('is nobody where the file is of before a turn', () => {
    const turned = signed(keysOf(first, second), 2, signed(keysOf(first), 1));
    for (const before of [turned, signed(keysOf(second), 3, turned)])
      expect(() => chooseSigners(ORIGIN, keysOf(first), before)).toThrow(/retired/);
  });

  it('is whoever the file has where those of before are lost: nobody vouches for them', () => {
    const file = keysOf(second);
    expect(chooseSigners(ORIGIN, file, signed(keysOf(first), 1))).toEqual({ signers: file });
  });

  it('is read again when the file changes', () => {
    const path = join(folder, 'changing.pem');
    writeFileSync(path, first);
    const file = new LogKeyFile(ORIGIN, path);
    const before = file.keys();
    expect(file.keys()).toBe(before);
    writeFileSync(path, first + second);
    utimesSync(path, new Date(), new Date(Date.now() + 2_000));
    expect(file.keys()).toHaveLength(4);
  });
});
