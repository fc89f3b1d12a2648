import { patientIdentity, patientObserved, type ScannedInstance } from '@yinglian/dicom';
import type { ReadInstance } from '../receive-pack/read-pack.js';
import type { GrowingPack, PackedFile, PackOwner } from './growing-pack.js';
import { type FileOutcome, outcomeIn, type PackFate } from './stored-file.js';

/** Further ones go in another pack: what was read of each is held until the pack is registered. */
const MOST_INSTANCES = 1_000;

export type ReadFile = Omit<ReadInstance, 'header'>;
export type DescribedPatient = ReturnType<typeof patientObserved>;

interface ListedFile extends PackedFile {
  readonly outcome: Promise<FileOutcome>;
}

/** A pack of one series, and what was read of its files. */
export class SeriesPack {
  private readonly files = new Map<string, ListedFile>();
  readonly read: ReadFile[] = [];
  /** What the files say of their patient, by the bytes that say it. */
  readonly patients = new Map<string, DescribedPatient>();
  readonly fate = Promise.withResolvers<PackFate>();

  constructor(
    readonly owner: PackOwner,
    readonly bytes: GrowingPack,
  ) {
    this.fate.promise.catch(() => {});
  }

  get packed(): PackedFile[] {
    return [...this.files.values()];
  }

  get isFull(): boolean {
    return this.files.size >= MOST_INSTANCES;
  }

  find(sopInstanceUid: string): ListedFile | undefined {
    return this.files.get(sopInstanceUid);
  }

  /** Whether it has that data set. */
  async isOf({ dataSetSha256 }: PackedFile, digest: string): Promise<boolean> {
    this.bytes.hurry();
    const known = await Promise.resolve(dataSetSha256).catch(() => undefined);
    return known === digest;
  }

  /** The bytes of the file are there. */
  list(
    { entry, dataSetSha256 }: PackedFile,
    scanned: ScannedInstance,
    { header, ...read }: ReadInstance,
  ): Promise<FileOutcome> {
    const { hospital } = this.owner;
    if (!this.patients.has(scanned.patientMark)) {
      const observed = patientObserved(hospital, read.summary, patientIdentity(header), entry.receivedAt);
      this.patients.set(scanned.patientMark, observed);
    }
    const outcome = outcomeIn(this.fate.promise, this.files.size, scanned);
    this.files.set(entry.sopInstanceUid, { entry, dataSetSha256, outcome });
    this.read.push(read);
    return outcome;
  }
}
