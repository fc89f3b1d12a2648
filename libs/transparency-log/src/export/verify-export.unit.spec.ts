import { generateKeyPairSync, type KeyObject, randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { rootOf } from '../merkle-tree/merkle-tree.js';
import { TILE_WIDTH } from '../merkle-tree/tiles.js';
import { recordHash } from '../record-bytes.js';
import { signCheckpoint } from '../signed-note/checkpoint.js';
import { cosign, witnessKeyText } from '../signed-note/cosignature.js';
import { noteSigner, verifierKey } from '../signed-note/note-keys.js';
import { TilesInMemory } from '../testing/tiles-in-memory.js';
import { EXPORT_FORMAT, type ExportLine } from './export-lines.js';
import { ExportUnreadable, verifyExport } from './verify-export.js';

const ORIGIN = 'health.example/audit';
const keys = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey];
const signers = keys.map((key) => noteSigner(ORIGIN, key));
const verifierKeys = keys.map((key) => verifierKey(ORIGIN, key));

type Row = { index: number; record: Record<string, unknown> };

const row = (index: number, what = '查看'): Row => ({ index, record: { eventId: `e${index}`, at: index, what } });
const rows = (size: number) => Array.from({ length: size }, (_, n) => row(n));

const treeOf = (hashes: readonly Buffer[]) => {
  const tiles = new TilesInMemory();
  tiles.append(Buffer.concat(hashes));
  return tiles;
};

const EXPORTED_AT = '2026-11-30T12:00:00.000Z';
const BEFORE = new Date('2026-11-30T11:59:59.000Z');
const AFTER = new Date('2026-11-30T12:00:01.000Z');

async function checkpointOf(
  hashes: readonly Buffer[],
  size = hashes.length,
  by = signers,
  sealedAt = BEFORE,
): Promise<string> {
  return signCheckpoint({ origin: ORIGIN, size, root: await rootOf(treeOf(hashes), size), sealedAt }, by);
}

/** An export as the service writes it: of these records, with what was sealed of others. */
function linesOf(records: readonly Row[], hashes: readonly Buffer[], checkpoints: readonly string[]): ExportLine[] {
  const lines: ExportLine[] = [
    { format: EXPORT_FORMAT, origin: ORIGIN, exportedAt: EXPORTED_AT, size: hashes.length, verifierKeys },
  ];
  for (const checkpoint of checkpoints) lines.push({ checkpoint });
  for (let from = 0; from < hashes.length; from += TILE_WIDTH) {
    const tile = Buffer.concat(hashes.slice(from, from + TILE_WIDTH)).toString('base64');
    lines.push({ tile: from / TILE_WIDTH, hashes: tile });
    lines.push(...records.filter(({ index }) => index >= from && index < from + TILE_WIDTH));
  }
  return [...lines, { end: true, records: records.length }];
}

async function* texts(lines: readonly ExportLine[]) {
  for (const line of lines) yield JSON.stringify(line);
}

const SIZE = 700;
const hashes = rows(SIZE).map(({ record }) => recordHash(record));
const sealedAt = [1, 255, 256, 300, SIZE];

async function verify(records: readonly Row[], { trusted = {}, of = hashes, checkpoints = [] as string[] } = {}) {
  const notes = await Promise.all(sealedAt.map((size) => checkpointOf(hashes, size)));
  return verifyExport(texts(linesOf(records, of, [...notes, ...checkpoints])), { verifierKeys, ...trusted });
}

const kindsOf = ({ findings }: { findings: readonly { kind: string; index?: number }[] }) =>
  findings.map(({ kind, index }) => `${kind} ${index}`);

/** As an attacker would leave them: places without gaps. */
const renumbered = (records: readonly Row[]) => records.map(({ record }, index) => ({ index, record }));

describe('an export as it was sealed', () => {
  it('has nothing to be found', async () => {
    expect(await verify(rows(SIZE))).toEqual({
      origin: ORIGIN,
      size: SIZE,
      checkpoints: 5,
      exportedAt: EXPORTED_AT,
      later: 0,
      witnesses: [],
      findings: [],
      moreFindings: 0,
    });
  });

  it('of no records has nothing to be found', async () => {
    const report = await verifyExport(texts(linesOf([], [], [])), { verifierKeys });
    expect(report).toMatchObject({ size: 0, findings: [] });
  });
});

describe('an export of a log whose hashes were exchanged too', () => {
  const exchanged = [3, 255, 256, 600];
  const records = exchanged.reduce((all, n) => all.with(n, row(n, '下载')), rows(SIZE));
  const of = records.map(({ record }) => recordHash(record));
  const tile = (n: number) => JSON.stringify({ tile: n, hashes: tileOf(n) });
  const tileOf = (n: number) => Buffer.concat(hashes.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH)).toString('base64');
  async function* keptBy(lines: readonly string[]) {
    yield* lines;
  }
  /** Sealed anew, by whoever has the keys: nothing contradicts it but what others kept. */
  const verifyBy = async (...kept: string[][]) => {
    const lines = linesOf(records, of, [await checkpointOf(of)]);
    return verifyExport(texts(lines), { verifierKeys, keptTiles: kept.map(keptBy) });
  };

  it('says nothing by itself, and names each record of which a witness kept the hash', async () => {
    expect(kindsOf(await verifyBy())).toEqual([]);
    const { findings } = await verifyBy([tile(0)], [tile(0), tile(1)], []);
    expect(findings).toMatchObject([3, 255, 256].map((index) => ({ kind: 'exchanged', index, eventId: `e${index}` })));
  });

  it('is read past what a witness could not finish writing', async () => {
    expect(kindsOf(await verifyBy([tile(0).slice(0, 500), '', tile(1)]))).toEqual(['exchanged 256']);
  });
});

describe('an export that was tampered with', () => {
  it.each([0, 255, 256, 444, SIZE - 1])('names record %i that was changed', async (n) => {
    expect(kindsOf(await verify(rows(SIZE).with(n, row(n, '下载'))))).toEqual([`changed ${n}`]);
  });

  it.each([0, 100, 255, 256, SIZE - 1])('names record %i that was removed, the gap closed or not', async (n) => {
    const left = rows(SIZE).toSpliced(n, 1);
    expect(kindsOf(await verify(left))).toEqual([`removed ${n}`]);
    expect(kindsOf(await verify(renumbered(left)))).toEqual([`removed ${n}`]);
  });

  it.each([0, 100, 255, 256, SIZE])('names a record that was inserted at %i', async (n) => {
    const more = renumbered(rows(SIZE).toSpliced(n, 0, { index: n, record: { eventId: 'made up' } }));
    expect(kindsOf(await verify(more))).toEqual([`inserted ${n}`]);
  });

  it.each([
    [3, 4],
    [10, 250],
    [10, 600],
    [255, 256],
  ])('names records %i and %i that changed places', async (one, other) => {
    const all = rows(SIZE);
    const swapped = renumbered(all.with(one, all[other] as Row).with(other, all[one] as Row));
    const found = kindsOf(await verify(swapped));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((kind) => kind.startsWith('reordered'))).toBe(true);
    expect(found.some((kind) => kind === `reordered ${one}` || kind === `reordered ${other}`)).toBe(true);
  });

  it('names what is cut off, by what was signed', async () => {
    const { findings } = await verify(rows(500), { of: hashes.slice(0, 500) });
    expect(findings).toMatchObject([{ kind: 'cut-off', from: 500, to: 699 }]);
  });

  it('names what is cut off together with its checkpoints, by what a witness kept', async () => {
    const export500 = linesOf(rows(500), hashes.slice(0, 500), [await checkpointOf(hashes, 500)]);
    const witnessed = [await checkpointOf(hashes, 600)];
    expect((await verifyExport(texts(export500), { verifierKeys })).findings).toEqual([]);
    const { findings } = await verifyExport(texts(export500), { verifierKeys, witnessed });
    expect(findings).toMatchObject([{ kind: 'cut-off', from: 500, to: 599 }]);
  });

  it('is not called so because a witness saw more after it was made', async () => {
    const export500 = linesOf(rows(500), hashes.slice(0, 500), [await checkpointOf(hashes, 500)]);
    const witnessed = [await checkpointOf(hashes, 600, signers, AFTER), await checkpointOf(hashes, 400)];
    const report = await verifyExport(texts(export500), { verifierKeys, witnessed });
    expect(report).toMatchObject({ size: 500, later: 1, findings: [] });
  });

  it('names between which checkpoints a record was exchanged with its hash', async () => {
    const forged = rows(SIZE).with(280, row(280, '下载'));
    const { findings } = await verify(forged, { of: forged.map(({ record }) => recordHash(record)) });
    expect(findings).toMatchObject([{ kind: 'not-as-sealed', from: 256, to: 299 }]);
  });

  it('is found by a witness although everything was made and signed anew', async () => {
    const forged = rows(SIZE).with(280, row(280, '下载'));
    const made = forged.map(({ record }) => recordHash(record));
    const lines = linesOf(forged, made, [await checkpointOf(made)]);
    expect((await verifyExport(texts(lines), { verifierKeys })).findings).toEqual([]);
    const witnessed = [await checkpointOf(hashes, 256), await checkpointOf(hashes, 300)];
    const { findings } = await verifyExport(texts(lines), { verifierKeys, witnessed });
    expect(findings).toMatchObject([{ kind: 'not-as-sealed', from: 256, to: 299 }]);
  });

  it('signed by another key is found', async () => {
    const other = noteSigner(ORIGIN, generateKeyPairSync('ed25519').privateKey);
    const { findings } = await verify(rows(SIZE), { checkpoints: [await checkpointOf(hashes, 77, [other])] });
    expect(findings).toMatchObject([{ kind: 'not-signed' }]);
  });

  it('that ends too early is found', async () => {
    const lines = linesOf(rows(SIZE), hashes, [await checkpointOf(hashes)]);
    const { findings } = await verifyExport(texts(lines.slice(0, 400)), { verifierKeys });
    expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['truncated', 'cut-off']));
  });

  it('is found whichever line is left out or stands twice', async () => {
    const some = 300;
    const lines = linesOf(rows(some), hashes.slice(0, some), [await checkpointOf(hashes, some)]);
    // Behind the header and the checkpoint, before the end.
    const anywhere = Array.from({ length: 40 }, () => 2 + randomInt(lines.length - 3));
    const tiles = lines.flatMap((line, at) => ('tile' in line ? [at] : []));
    expect(tiles).toHaveLength(2);
    for (const at of [...tiles, ...anywhere]) {
      for (const changed of [lines.toSpliced(at, 1), lines.toSpliced(at, 0, lines[at] as ExportLine)]) {
        expect((await verifyExport(texts(changed), { verifierKeys })).findings).not.toEqual([]);
      }
    }
  });
});

describe('an export whose keys became others', () => {
  const next = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey];
  const nextSigners = next.map((key) => noteSigner(ORIGIN, key));
  const nextKeys = next.map((key) => verifierKey(ORIGIN, key));
  const turned = async () => {
    const turn = { retires: verifierKeys, adopts: nextKeys };
    const of = { origin: ORIGIN, size: 400, root: await rootOf(treeOf(hashes), 400), sealedAt: BEFORE, turn };
    return signCheckpoint(of, [...signers, ...nextSigners]);
  };
  const exported = async (newest: string) => {
    const turn = await turned();
    const [header, ...lines] = linesOf(rows(SIZE), hashes, [await checkpointOf(hashes, 300), turn, newest]);
    return texts([{ ...header, verifierKeys: nextKeys, turns: [turn] } as ExportLine, ...lines]);
  };

  it.each([
    ['those of before', verifierKeys],
    ['those of today', nextKeys],
    ['those of before, as long as they signed,', [...verifierKeys.map((key) => `${key} until 400`), ...nextKeys]],
  ])('is verified by who trusts %s', async (_, trusted) => {
    const lines = await exported(await checkpointOf(hashes, SIZE, nextSigners));
    expect(await verifyExport(lines, { verifierKeys: trusted })).toMatchObject({ checkpoints: 3, findings: [] });
  });

  it('is found where the keys of before went on signing', async () => {
    const lines = await exported(await checkpointOf(hashes, SIZE, signers));
    const { findings } = await verifyExport(lines, { verifierKeys });
    expect(findings.map(({ kind }) => kind)).toContain('not-signed');
  });
});

describe('an export that hospitals witnessed', () => {
  const [one, other] = [1, 2].map((n) => {
    const key = generateKeyPairSync('ed25519').privateKey;
    return { name: `${ORIGIN}/witness/H00${n}`, key, text: witnessKeyText(`${ORIGIN}/witness/H00${n}`, key) };
  }) as [Cosigner, Cosigner];
  type Cosigner = { name: string; key: KeyObject; text: string };
  const by = ({ name, key }: Cosigner, note: string) => note + cosign(note, name, key, BEFORE);

  it('says by whom, and how far each saw it', async () => {
    const checkpoints = [
      by(one, await checkpointOf(hashes, 444)),
      by(one, await checkpointOf(hashes, 444)),
      by(other, await checkpointOf(hashes, 333)),
    ];
    const { findings, witnesses } = await verify(rows(SIZE), {
      checkpoints,
      trusted: { witnessKeys: [one.text, other.text, witnessKeyText(`${ORIGIN}/witness/H003`, one.key)] },
    });
    expect(findings).toEqual([]);
    expect(witnesses).toEqual([
      { name: one.name, size: 444, at: BEFORE.toISOString() },
      { name: other.name, size: 333, at: BEFORE.toISOString() },
      { name: `${ORIGIN}/witness/H003`, size: 0, at: null },
    ]);
  });

  it('is found where what stands for a hospital is no signature of it', async () => {
    const moved = cosign(await checkpointOf(hashes, 444), one.name, one.key, BEFORE);
    const checkpoints = [(await checkpointOf(hashes, 445)) + moved];
    const { findings, witnesses } = await verify(rows(SIZE), { checkpoints, trusted: { witnessKeys: [one.text] } });
    expect(findings).toMatchObject([{ kind: 'not-cosigned' }]);
    expect(witnesses).toMatchObject([{ size: 0 }]);
  });
});

describe('what is no export', () => {
  it.each(['', '{}', 'text', '{"format":"other/1"}', '{"tile":0,"hashes":""}'])('is refused: %j', async (text) => {
    await expect(
      verifyExport(
        (async function* () {
          yield text;
        })(),
      ),
    ).rejects.toThrow(ExportUnreadable);
  });

  it('is refused when a line among others cannot be read', async () => {
    const [header] = linesOf([], [], []);
    const lines = async function* () {
      yield JSON.stringify(header);
      yield '{"index":-1}';
    };
    await expect(verifyExport(lines())).rejects.toThrow(ExportUnreadable);
  });
});
