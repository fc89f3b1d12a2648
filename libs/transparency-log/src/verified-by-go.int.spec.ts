import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import { leafHash } from './merkle-tree/hashes.js';
import { consistencyProof, inclusionProof, rootOf } from './merkle-tree/merkle-tree.js';
import { signCheckpoint } from './signed-note/checkpoint.js';
import { cosign, witnessKeyText } from './signed-note/cosignature.js';
import { noteSigner, verifierKey } from './signed-note/note-keys.js';
import { TilesInMemory } from './testing/tiles-in-memory.js';

const GO_VERIFIER = join(import.meta.dirname, '../../../.cache/peers/bin/verify-tlog');
const ORIGIN = 'health.example/audit';

/** golang.org/x/mod/sumdb: tlog and note. */
(machineHas('tlog') ? describe : describe.skip)("Go's checksum database", () => {
  const key = generateKeyPairSync('ed25519').privateKey;
  const sm2 = generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey;
  const signers = [noteSigner(ORIGIN, key), noteSigner(ORIGIN, sm2)];
  const WITNESS = `${ORIGIN}/witness/H001`;
  const witness = generateKeyPairSync('ed25519').privateKey;
  const recordOf = (n: number) => Buffer.from(`record ${n}`);

  async function question(index: number, earlier: number, size: number) {
    const tiles = new TilesInMemory();
    tiles.append(Buffer.concat(Array.from({ length: size }, (_, n) => leafHash(recordOf(n)))));
    const checkpoint = async (of: number) => {
      return signCheckpoint({ origin: ORIGIN, size: of, root: await rootOf(tiles, of), sealedAt: new Date() }, signers);
    };
    const base64 = (hashes: Buffer[]) => hashes.map((hash) => hash.toString('base64'));
    return {
      verifierKeys: [verifierKey(ORIGIN, key)],
      checkpoint: await checkpoint(size),
      earlier: await checkpoint(earlier),
      record: recordOf(index).toString('base64'),
      index,
      inclusion: base64(await inclusionProof(tiles, index, size)),
      consistency: base64(await consistencyProof(tiles, earlier, size)),
    };
  }

  const answerTo = (asked: object) => {
    return spawnSync(GO_VERIFIER, { input: JSON.stringify(asked) })
      .stdout.toString()
      .trim();
  };

  it.each([
    [0, 1, 1],
    [0, 1, 2],
    [4, 3, 7],
    [255, 256, 257],
    [256, 255, 1_000],
    [999, 512, 1_000],
    [70_000, 65_536, 70_001],
  ])('verifies that record %i and the tree of %i are in one of %i', async (index, earlier, size) => {
    expect(answerTo(await question(index, earlier, size))).toBe('verified');
  });

  it('refuses another record, place, proof, checkpoint or key', async () => {
    const asked = await question(300, 256, 1_000);
    const other = await question(301, 255, 999);
    const wrong = [
      { record: other.record },
      { index: 301 },
      { inclusion: other.inclusion },
      { consistency: other.consistency },
      { checkpoint: other.checkpoint },
      { earlier: other.earlier },
      { checkpoint: asked.checkpoint.replace('1000', '1001') },
      { verifierKeys: [verifierKey(ORIGIN, generateKeyPairSync('ed25519').privateKey)] },
    ];
    expect(answerTo(asked)).toBe('verified');
    for (const change of wrong) expect(answerTo({ ...asked, ...change })).not.toBe('verified');
  });

  it('verifies what a witness signed, and refuses what it did not', async () => {
    const asked = await question(4, 3, 7);
    const witnessed = {
      ...asked,
      checkpoint: asked.checkpoint + cosign(asked.checkpoint, WITNESS, witness, new Date()),
      witnessKeys: [witnessKeyText(WITNESS, witness)],
    };
    expect(answerTo(witnessed)).toBe('verified');
    const another = generateKeyPairSync('ed25519').privateKey;
    for (const change of [
      { checkpoint: asked.checkpoint },
      { checkpoint: asked.checkpoint + cosign(asked.checkpoint, WITNESS, another, new Date()) },
      { checkpoint: asked.checkpoint + cosign(asked.earlier, WITNESS, witness, new Date()) },
      { witnessKeys: [witnessKeyText(`${ORIGIN}/witness/H002`, witness)] },
    ])
      expect(answerTo({ ...witnessed, ...change })).not.toBe('verified');
  });

  it('verifies with the keys of before and with the new ones where they turn, and with the new ones behind it', async () => {
    const asked = await question(4, 3, 7);
    const next = generateKeyPairSync('ed25519').privateKey;
    const tiles = new TilesInMemory();
    tiles.append(Buffer.concat(Array.from({ length: 7 }, (_, n) => leafHash(recordOf(n)))));
    const turn = { retires: [verifierKey(ORIGIN, key)], adopts: [verifierKey(ORIGIN, next)] };
    const at = async (size: number, of?: typeof turn, by = [noteSigner(ORIGIN, next)]) =>
      signCheckpoint(
        { origin: ORIGIN, size, root: await rootOf(tiles, size), sealedAt: new Date(), ...(of && { turn: of }) },
        by,
      );
    const earlier = await at(3, turn, [...signers, noteSigner(ORIGIN, next)]);
    const [before, behind] = [turn.retires, turn.adopts];
    const both = { ...asked, earlier, checkpoint: await at(7, turn, [...signers, noteSigner(ORIGIN, next)]) };
    for (const verifierKeys of [before, behind]) expect(answerTo({ ...both, verifierKeys })).toBe('verified');
    const later = { ...asked, earlier, checkpoint: await at(7) };
    expect(answerTo({ ...later, verifierKeys: behind })).toBe('verified');
    expect(answerTo({ ...later, verifierKeys: before })).not.toBe('verified');
  });
});
