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

  const keysOf = (...pems: string[]) => fileOf(pems, false);
  const fileOf = (pems: readonly string[], areFormerLost: boolean) => {
    files += 1;
    const path = join(folder, `${files}.pem`);
    writeFileSync(path, pems.join(''));
    return new LogKeyFile(ORIGIN, path, areFormerLost);
  };

  const textsOf = (keys: readonly LogKey[]) => keys.map(({ text }) => text);
  /** The next checkpoint, as the file makes it. */
  const signed = (file: LogKeyFile, size: number, before?: SignedBefore): SignedBefore => {
    const { signers, turn } = chooseSigners(file, before);
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
    expect(chooseSigners(file, undefined)).toEqual({ signers: file.keys() });
    expect(chooseSigners(file, signed(file, 1))).toEqual({ signers: file.keys() });
  });

  it('becomes those that stand behind them in the file, once, with a checkpoint that both sign', () => {
    const before = signed(keysOf(first), 1);
    const file = keysOf(first, second);
    const [old, next] = [textsOf(file.keys().slice(0, 2)), textsOf(file.keys().slice(2))];
    expect(chooseSigners(file, before)).toEqual({ signers: file.keys(), turn: { retires: old, adopts: next } });
    expect(keysInUse(file, before)).toEqual(old);
    const turned = signed(file, 2, before);
    for (const each of [turned, signed(file, 3, turned)]) {
      expect(chooseSigners(file, each)).toEqual({ signers: file.keys().slice(2) });
      expect(keysInUse(file, each)).toEqual(next);
    }
    const only = keysOf(second);
    expect(textsOf(chooseSigners(only, turned).signers)).toEqual(next);
    const again = signed(keysOf(second, third), 4, signed(only, 3, turned));
    expect(again.turns).toHaveLength(2);
    expect(keysInUse(keysOf(third), again)).toEqual(textsOf(keysOf(third).keys()));
  });

  it('is nobody where the file is of before a turn', () => {
    const turned = signed(keysOf(first, second), 2, signed(keysOf(first), 1));
    for (const before of [turned, signed(keysOf(second), 3, turned)])
      expect(() => chooseSigners(keysOf(first), before)).toThrow(/retired/);
  });

  it('is nobody where those of before are not in the file: put back, they make the turn', () => {
    const before = signed(keysOf(first), 1);
    expect(() => chooseSigners(keysOf(second), before)).toThrow(/before the new ones/);
    expect(keysInUse(keysOf(second), before)).toEqual([]);
    expect(signed(keysOf(first, second), 2, before).turns).toHaveLength(1);
  });

  it('is whoever the file has where it is said that those of before are lost', () => {
    const file = fileOf([second], true);
    expect(chooseSigners(file, signed(keysOf(first), 1))).toEqual({ signers: file.keys() });
  });

  it('is read again when the file changes', () => {
    const path = join(folder, 'changing.pem');
    writeFileSync(path, first);
    const file = new LogKeyFile(ORIGIN, path, false);
    const before = file.keys();
    expect(file.keys()).toBe(before);
    writeFileSync(path, first + second);
    utimesSync(path, new Date(), new Date(Date.now() + 2_000));
    expect(file.keys()).toHaveLength(4);
  });
});
