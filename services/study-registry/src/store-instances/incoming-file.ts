import {
  type IncomingPart,
  instanceProblem,
  LONGEST_FILE_BYTES,
  Part10Scanner,
  type Refusal,
  type ScannedInstance,
  statusOf,
} from '@yinglian/dicom';
import { HASHED_AT_ONCE_BYTES } from '@yinglian/objects';
import { dataSetDigest } from './data-set-digest.js';
import type { LoneFile, SeriesPacks } from './series-packs.js';
import type { FileOutcome, FinishedFile } from './stored-file.js';

/** A file is held until it is whole and known, so that none that is refused stands in a pack with others. Longer ones do not wait. */
const MOST_HELD_BYTES = 4 * 1024 * 1024;

/** A further reason not to store an instance. */
export type Check = (scanned: ScannedInstance) => Refusal | undefined;

/** One Part 10 file on its way in: looked at while it streams by. */
export class IncomingFile implements IncomingPart<FileOutcome> {
  private readonly scanner = new Part10Scanner();
  private held: Buffer[] = [];
  private length = 0;
  /** Of a long file. */
  private alone: LoneFile | undefined;

  constructor(
    private readonly packs: SeriesPacks,
    private readonly check: Check,
  ) {}

  write(bytes: Buffer): Promise<void> | undefined {
    if (this.isHopeless) return this.forget();
    const scanning = this.scanner.write(bytes);
    this.length += bytes.length;
    const writing = this.keep(bytes);
    if (scanning === undefined) return writing;
    return writing === undefined ? scanning : Promise.all([scanning, writing]).then(() => undefined);
  }

  async finish(): Promise<FinishedFile> {
    const scanned = await this.scanner.finish();
    if (typeof scanned === 'string') return this.refuse(scanned);
    const refused = instanceProblem(scanned, this.length) ?? this.check(scanned);
    if (refused !== undefined) return this.refuse(refused, scanned);
    const file = { scanned, lengthBytes: this.length, receivedAt: new Date().toISOString() };
    if (this.alone !== undefined) return this.packs.addAlone(file, this.alone);
    const isShort = this.length <= HASHED_AT_ONCE_BYTES;
    return this.packs.add(file, this.held, isShort ? dataSetDigest(this.held, scanned.dataSetOffset) : undefined);
  }

  async discard(): Promise<void> {
    this.scanner.close();
    await this.forget();
  }

  /** It will be refused: its bytes need not be kept. */
  private get isHopeless(): boolean {
    return this.scanner.isForeign || this.length > LONGEST_FILE_BYTES;
  }

  private keep(bytes: Buffer): Promise<void> | undefined {
    if (this.alone !== undefined) return this.alone.pack.write(bytes);
    this.held.push(bytes);
    if (this.length <= MOST_HELD_BYTES) return undefined;
    const pack = this.packs.begin();
    // Where the data set begins is known before a file is too long to be held.
    this.alone = { pack, dataSet: pack.hashFrom(this.scanner.dataSetOffset ?? 0) };
    const waits = this.held.map((piece) => pack.write(piece));
    this.held = [];
    return waits.at(-1);
  }

  private async refuse(refusal: Refusal, named?: ScannedInstance): Promise<FinishedFile> {
    await this.discard();
    return { outcome: { failed: statusOf(refusal), ...(named === undefined ? {} : { named }) } };
  }

  private forget(): Promise<void> | undefined {
    const { alone } = this;
    this.held = [];
    this.alone = undefined;
    return alone?.pack.discard();
  }
}
