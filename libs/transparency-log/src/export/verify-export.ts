import { HASH_BYTES } from '../merkle-tree/hashes.js';
import { TILE_WIDTH } from '../merkle-tree/tiles.js';
import type { Checkpoint } from '../signed-note/checkpoint.js';
import { readWitnessKey } from '../signed-note/cosignature.js';
import { KeyRing } from '../signed-note/key-ring.js';
import { Cosignatures, type Witness } from './cosignatures.js';
import { ExportLine } from './export-lines.js';
import { jsonOf } from './json-of.js';
import { KeptReading, KeptTiles } from './kept-tiles.js';
import { type Finding, MatchRecords } from './match-records.js';
import { SealedSizes } from './sealed-sizes.js';

export interface ExportReport {
  readonly origin: string;
  /** Records that were sealed, as the newest checkpoint says. */
  readonly size: number;
  readonly checkpoints: number;
  readonly exportedAt: string;
  /** Checkpoints of witnesses that are later than the export, and say nothing of it. */
  readonly later: number;
  /** Those whose key was told, and how far each said that the log is what it saw. */
  readonly witnesses: readonly Witness[];
  /** Nothing was found when it is empty. */
  readonly findings: readonly Finding[];
  /** Further ones that are not listed. */
  readonly moreFindings: number;
}

export interface Trusted {
  /** Keys as a `KeyRing` reads them; those of the export itself when nobody says better. Others are found by the turns that they signed. */
  readonly verifierKeys?: readonly string[] | undefined;
  /** Checkpoints that others kept: what the log was, whatever the export says. */
  readonly witnessed?: readonly string[];
  /** Tiles that witnesses kept, each one's in a stream: hashes of records, as lines of an export. */
  readonly keptTiles?: readonly AsyncIterable<string>[] | undefined;
  /** Keys of witnesses, who signed checkpoints beside the log. */
  readonly witnessKeys?: readonly string[] | undefined;
}

/** It is no export, or stops making sense. */
export class ExportUnreadable extends Error {
  override readonly name = 'ExportUnreadable';
}

/** An export without its end is read as far as it goes. */
const CUT: Finding = { kind: 'truncated', says: 'The export does not come to its end' };

/** Holds an export against what was signed, and names what is not as it was sealed. @throws ExportUnreadable */
export async function verifyExport(lines: AsyncIterable<string>, trusted: Trusted = {}): Promise<ExportReport> {
  const reading = lines[Symbol.asyncIterator]();
  const header = await nextLine(reading);
  if (header === undefined || !('format' in header)) throw new ExportUnreadable('This is no export of an audit log');
  const { origin, exportedAt } = header;
  const keys = readable(() => KeyRing.of(origin, trusted.verifierKeys ?? header.verifierKeys));
  const ring = keys.following(header.turns ?? []);
  const cosignatures = new Cosignatures(readable(() => (trusted.witnessKeys ?? []).map(readWitnessKey)));
  const sealed = new SealedSizes((note) => {
    const checkpoint = checkpointOf(note, ring);
    if (checkpoint !== undefined) cosignatures.add(note, checkpoint.size);
    return checkpoint;
  }, new Date(exportedAt));
  for (const note of trusted.witnessed ?? []) sealed.add(note, 'witness');
  const kept = new KeptTiles((trusted.keptTiles ?? []).map((lines) => new KeptReading(lines[Symbol.asyncIterator]())));
  const records = new MatchRecords();
  const misplaced: Finding[] = [];
  let nextTile = 0;
  let isWhole = false;
  for (let line = await nextLine(reading); line !== undefined && !isWhole; line = await nextLine(reading)) {
    if ('checkpoint' in line) sealed.add(line.checkpoint, 'export');
    else if ('tile' in line) {
      const hashes = Buffer.from(line.hashes, 'base64');
      if (hashes.length % HASH_BYTES !== 0 || hashes.length > TILE_WIDTH * HASH_BYTES) {
        throw new ExportUnreadable(`Tile ${line.tile} is none`);
      }
      // One is enough to say: of a hostile export there would be as many as lines.
      if (line.tile !== nextTile && misplaced.length === 0) misplaced.push(misplacedTile(line.tile, nextTile));
      nextTile = line.tile + 1;
      await sealed.append(hashes);
      records.expect(hashes);
      await kept.compare(line.tile, hashes);
    } else if ('record' in line) {
      records.take(line.index, line.record);
      kept.take(line.index, line.record);
    } else if ('end' in line) isWhole = true;
    else throw new ExportUnreadable('A header stands among the records');
  }
  const findings = [
    ...(isWhole ? [] : [CUT]),
    ...misplaced,
    ...sealed.findings(),
    ...cosignatures.findings,
    ...kept.findings(),
    ...records.findings(sealed.newestSize),
  ];
  return {
    origin,
    size: sealed.newestSize,
    checkpoints: sealed.count,
    exportedAt,
    later: sealed.later,
    witnesses: cosignatures.witnesses(),
    findings,
    moreFindings: records.moreFindings + kept.moreFindings,
  };
}

const misplacedTile = (tile: number, due: number): Finding => ({
  kind: 'not-as-sealed',
  says: `Tile ${tile} stands where tile ${due} is due`,
});

async function nextLine(reading: AsyncIterator<string>): Promise<ExportLine | undefined> {
  for (;;) {
    const { value, done } = await reading.next();
    if (done) return undefined;
    if (value === '') continue;
    const line = ExportLine.safeParse(jsonOf(value));
    if (line.success) return line.data;
    throw new ExportUnreadable('A line of the export cannot be read');
  }
}

function readable<Keys>(read: () => Keys): Keys {
  try {
    return read();
  } catch (error) {
    throw new ExportUnreadable('A key cannot be read', { cause: error });
  }
}

/** Undefined when nobody who is trusted signed it. */
function checkpointOf(note: string, ring: KeyRing): Checkpoint | undefined {
  try {
    return ring.open(note);
  } catch {
    return undefined;
  }
}
