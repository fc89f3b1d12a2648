import { isPart10 } from '../data-set/parse-header.js';
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  encodingOf,
  IMPLICIT_LITTLE_ENDIAN,
} from '../data-set/transfer-syntaxes.js';
import { type ElementVisitor, ElementWalker } from './element-walker.js';
import { endOfMeta, fileMeta } from './file-meta.js';
import { InflatedDataSet } from './inflated-data-set.js';

/** What a scan found out about one Part 10 file. Absent UIDs are empty. */
export interface ScannedInstance {
  readonly transferSyntaxUid: string;
  readonly dataSetOffset: number;
  /** Of the data set, or of the file meta information: some devices leave it to the association. */
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  /** The bytes end within an element. */
  readonly isCutShort: boolean;
  /** Equal for instances that describe their patient with the same bytes. */
  readonly patientMark: string;
  /** A Part 10 file for `parseHeader` with the elements up to the image's own: patient, study and series. */
  header(): Buffer;
}

export type ScanOutcome = ScannedInstance | 'not-dicom' | 'unreadable';

const PREAMBLE_BYTES = 132;
const MEDIA_STORAGE_SOP_CLASS = 0x00020002;
const TRANSFER_SYNTAX = 0x00020010;
const SPECIFIC_CHARACTER_SET = 0x00080005;
const SOP_CLASS = 0x00080016;
const SOP_INSTANCE = 0x00080018;
const STUDY = 0x0020000d;
const SERIES = 0x0020000e;
/** Name, id, issuer, birth date and sex. */
const PATIENT = [0x00100010, 0x00100020, 0x00100021, 0x00100030, 0x00100040];
const WANTED = new Set([SPECIFIC_CHARACTER_SET, SOP_CLASS, SOP_INSTANCE, STUDY, SERIES, ...PATIENT]);
/** Series Number (0020,0011): what follows describes the image. */
const LAST_HEADER_TAG = 0x00200011;
const LONGEST_HEADER_BYTES = 1024 * 1024;

/**
 * Looks at a Part 10 file (PS3.10 section 7) while it streams by: finds out where its data set begins, what it is and whose,
 * and whether it is whole. Keeps the bytes up to (0020,0011), at most 1 MiB.
 */
export class Part10Scanner {
  private foreign = false;
  private offset: number | undefined;
  private readonly values = new Map<number, Buffer>();
  private readonly kept: Buffer[] = [];
  private keptBytes = 0;
  /** Where an element of the data set begins after which nothing is kept. */
  private headerEnd: number | undefined;
  private lastElement = 0;
  private metaBytes: Buffer = Buffer.alloc(0);
  private dataSet: ElementWalker | undefined;
  private inflated: InflatedDataSet | undefined;

  /** It is not a Part 10 file: nothing more need be written. */
  get isForeign(): boolean {
    return this.foreign;
  }

  /** Nothing more of the file is needed to know what it is. */
  get isHeaderComplete(): boolean {
    return this.headerEnd !== undefined;
  }

  /** Where the data set begins; undefined while that has not come. */
  get dataSetOffset(): number | undefined {
    return this.offset;
  }

  /**
   * A promise asks to wait, as a deflated data set does; it does not reject. What must be kept of the bytes is copied: the
   * caller may use its buffer again.
   */
  write(bytes: Buffer): Promise<void> | undefined {
    if (this.foreign) return undefined;
    return this.offset === undefined ? this.writeMeta(bytes) : this.writeDataSet(bytes);
  }

  /** Call it when all bytes were written, or those of the header. */
  async finish(): Promise<ScanOutcome> {
    if (this.foreign || this.offset === undefined) return 'not-dicom';
    const end = (await this.inflated?.end()) ?? 'whole';
    if (end === 'broken' || (this.dataSet?.lost && this.headerEnd === undefined)) return 'unreadable';
    return {
      transferSyntaxUid: this.transferSyntaxUid,
      dataSetOffset: this.offset,
      sopClassUid: this.sopClassUid,
      sopInstanceUid: this.uid(SOP_INSTANCE),
      studyInstanceUid: this.uid(STUDY),
      seriesInstanceUid: this.uid(SERIES),
      isCutShort: end === 'cut-short' || (this.dataSet?.isCutShort ?? true),
      patientMark: [SPECIFIC_CHARACTER_SET, ...PATIENT]
        .map((tag) => this.values.get(tag)?.toString('base64') ?? '')
        .join(' '),
      header: () => this.header(),
    };
  }

  /** It is given up: what it holds is freed. */
  close(): void {
    this.inflated?.close();
  }

  private get transferSyntaxUid(): string {
    return this.uid(TRANSFER_SYNTAX);
  }

  private get sopClassUid(): string {
    return this.uid(SOP_CLASS) || this.uid(MEDIA_STORAGE_SOP_CLASS);
  }

  private uid(tag: number): string {
    return (this.values.get(tag)?.toString('latin1') ?? '').replace(/[\0 ]+$/, '').trim();
  }

  /** Preamble and file meta information are short: they are put together first. */
  private writeMeta(bytes: Buffer): Promise<void> | undefined {
    const meta = this.metaBytes.length === 0 ? bytes : Buffer.concat([this.metaBytes, bytes]);
    if (meta.length >= PREAMBLE_BYTES) {
      if (!isPart10(meta) || meta.length > LONGEST_HEADER_BYTES + bytes.length) {
        this.foreign = true;
        return undefined;
      }
      const end = endOfMeta(meta, (tag, value) => this.values.set(tag, value));
      if (end !== undefined) return this.beginDataSet(meta, end);
    }
    this.metaBytes = Buffer.from(meta);
    return undefined;
  }

  private beginDataSet(meta: Buffer, end: number): Promise<void> | undefined {
    if (this.transferSyntaxUid === '') this.foreign = true;
    this.metaBytes = Buffer.alloc(0);
    this.offset = end;
    const encoding = encodingOf(this.transferSyntaxUid);
    this.dataSet = new ElementWalker(encoding, this.visitor());
    if (encoding.deflated) this.inflated = new InflatedDataSet((piece) => this.walk(piece));
    return this.writeDataSet(meta.subarray(end));
  }

  private visitor(): ElementVisitor {
    return {
      element: ({ tag, offset }) => {
        if (this.headerEnd !== undefined) return false;
        if (tag > LAST_HEADER_TAG) this.headerEnd = offset;
        this.lastElement = offset;
        return WANTED.has(tag);
      },
      value: (tag, value) => this.values.set(tag, value),
    };
  }

  private writeDataSet(bytes: Buffer): Promise<void> | undefined {
    if (this.inflated !== undefined) return this.inflated.write(bytes);
    this.walk(bytes);
    return undefined;
  }

  private walk(bytes: Buffer): void {
    const isOfHeader = this.headerEnd === undefined && this.keptBytes < LONGEST_HEADER_BYTES;
    this.dataSet?.write(bytes);
    if (!isOfHeader) return;
    const end = Math.max((this.headerEnd ?? this.keptBytes + bytes.length) - this.keptBytes, 0);
    const kept = Buffer.from(bytes.subarray(0, end));
    this.kept.push(kept);
    this.keptBytes += kept.length;
  }

  private header(): Buffer {
    const { explicit, bigEndian } = encodingOf(this.transferSyntaxUid);
    const kept = Buffer.concat(this.kept);
    const end = this.headerEnd ?? (this.keptBytes >= LONGEST_HEADER_BYTES ? this.lastElement : kept.length);
    return Buffer.concat([
      fileMeta({
        sopClassUid: this.sopClassUid,
        sopInstanceUid: this.uid(SOP_INSTANCE),
        transferSyntaxUid: bigEndian ? EXPLICIT_BIG_ENDIAN : explicit ? EXPLICIT_LITTLE_ENDIAN : IMPLICIT_LITTLE_ENDIAN,
      }),
      kept.subarray(0, end),
    ]);
  }
}
