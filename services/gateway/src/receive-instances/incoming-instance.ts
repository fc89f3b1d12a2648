import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  instanceProblem,
  LONGEST_FILE_BYTES,
  Part10Scanner,
  type Refusal,
  type ScannedInstance,
} from '@yinglian/dicom';
import type { InstanceOrigin } from '../domain/origin.js';
import type { StoredInstance } from '../storage/segment.js';
import type { RecordEntry, SegmentWriter } from '../storage/segment-writer.js';
import type { Spool } from '../storage/spool.store.js';

export type IntakeOutcome =
  | { readonly stored: StoredInstance }
  | { readonly returned: ScannedInstance }
  | { readonly refused: Refusal; readonly scanned?: ScannedInstance };

/** The next instance may begin. */
export interface FinishedInstance {
  /** Resolves when the instance is durable, or refused and forgotten. */
  readonly outcome: Promise<IntakeOutcome>;
}

/** A further reason not to store it, when it is known what the instance is: it is refused, or a prior that comes back (ADR 0019). */
export type Check = (scanned: ScannedInstance) => Refusal | 'returned' | undefined;

const MARK_LENGTH = 22;

/** One Part 10 file on its way to the spool: summed, looked at and written while it streams by. */
export class IncomingInstance {
  private readonly scanner = new Part10Scanner();
  private length = 0;
  private sum = 0;

  constructor(
    private readonly spool: Spool,
    private readonly writer: SegmentWriter,
    private readonly origin: InstanceOrigin,
    private readonly onStored: (instance: StoredInstance, scanned: ScannedInstance) => void,
  ) {}

  /** A promise asks to wait; it does not reject. The caller may use its buffer again at once. */
  write(bytes: Buffer): Promise<void> | undefined {
    if (this.isHopeless) return undefined;
    const scanning = this.scanner.write(bytes);
    this.length += bytes.length;
    this.sum = crc32(bytes, this.sum);
    this.spool.claim(bytes.length);
    const writing = this.writer.append(bytes);
    if (scanning === undefined) return writing;
    return writing === undefined ? scanning : Promise.all([scanning, writing]).then(() => undefined);
  }

  /** It will be refused: its bytes need not be kept. */
  private get isHopeless(): boolean {
    return this.scanner.isForeign || this.length > LONGEST_FILE_BYTES;
  }

  /** The file is complete: it goes behind those before it, or is refused and forgotten. */
  async finish(check: Check): Promise<FinishedInstance> {
    const scanned = await this.scanner.finish();
    if (typeof scanned === 'string') return this.refuse(scanned);
    const problem = instanceProblem(scanned, this.length) ?? check(scanned);
    if (problem === 'returned') return this.forget(scanned);
    if (problem !== undefined) return this.refuse(problem, scanned);
    try {
      const { durable } = await this.writer.write(this.headerOf(scanned));
      const told = (stored: StoredInstance) => this.stored(stored, scanned);
      return { outcome: durable.then(told, () => this.lost(scanned)) };
    } catch {
      return { outcome: this.lost(scanned) };
    }
  }

  private stored(stored: StoredInstance, scanned: ScannedInstance): IntakeOutcome {
    this.onStored(stored, scanned);
    return { stored };
  }

  /** The disk did not keep it. */
  private async lost(scanned: ScannedInstance): Promise<IntakeOutcome> {
    await this.discard();
    return { refused: 'disk-failed', scanned };
  }

  private headerOf(scanned: ScannedInstance): RecordEntry {
    return {
      length: this.length,
      dataSetOffset: scanned.dataSetOffset,
      crc32: this.sum,
      sopClassUid: scanned.sopClassUid,
      sopInstanceUid: scanned.sopInstanceUid,
      studyInstanceUid: scanned.studyInstanceUid,
      seriesInstanceUid: scanned.seriesInstanceUid,
      transferSyntaxUid: scanned.transferSyntaxUid,
      patientMark: createHash('sha256').update(scanned.patientMark).digest('base64url').slice(0, MARK_LENGTH),
      receivedAt: new Date().toISOString(),
      ...this.origin,
    };
  }

  private async refuse(refused: Refusal, scanned?: ScannedInstance): Promise<FinishedInstance> {
    await this.discard();
    return { outcome: Promise.resolve(scanned === undefined ? { refused } : { refused, scanned }) };
  }

  private async forget(returned: ScannedInstance): Promise<FinishedInstance> {
    await this.discard();
    return { outcome: Promise.resolve({ returned }) };
  }

  discard(): Promise<void> {
    this.scanner.close();
    return this.writer.discard();
  }
}
