import { type IncomingPart, ignoredPart, JsonModelError, type PartHead, STATUS, type Status } from '@yinglian/dicom';
import { type Check, IncomingFile } from '../incoming-file.js';
import type { SeriesPacks } from '../series-packs.js';
import type { FileOutcome, FinishedFile } from '../stored-file.js';
import { type BulkData, type BulkDataAddress, frameAddress } from './bulk-data.js';
import { BulkDataPart } from './bulk-data-part.js';
import { draftOf, namesOf } from './instance-draft.js';
import { KeptBytes } from './kept-bytes.js';
import { NotWritable } from './not-writable.js';
import { referencedUris } from './referenced-uris.js';
import type { Spool } from './spool.js';
import { WaitingInstance } from './waiting-instance.js';
import { writeInstance } from './write-instance.js';

/** Bulk data that no instance refers to, or that came before. */
const UNWANTED: FileOutcome = { failed: STATUS.dataSetDoesNotMatch };

/** The instances of a request that metadata describe; each is stored as soon as its bulk data is there. */
export class DescribedInstances {
  private readonly known: (FileOutcome | Promise<FileOutcome> | WaitingInstance)[] = [];
  private readonly byUri = new Map<string, Set<WaitingInstance>>();
  /** What instances refer to that are refused already. */
  private readonly lost = new Set<string>();

  constructor(
    private readonly spool: Spool,
    private readonly packs: SeriesPacks,
    private readonly check: Check,
  ) {}

  /** What became of each, in their order. Those that still wait are given up for that reason. */
  outcomes(failed: Status): (FileOutcome | Promise<FileOutcome>)[] {
    return this.known.map((known) => (known instanceof WaitingInstance ? { failed, named: known.named } : known));
  }

  /** One further instance. @throws SpoolFull, ObjectStoreFull */
  async describe(json: object): Promise<void> {
    const named = namesOf(json);
    try {
      const draft = draftOf(json);
      const instance = await WaitingInstance.keep(named, this.known.length, draft, new KeptBytes(this.spool));
      for (const uri of instance.uris) this.byUri.set(uri, (this.byUri.get(uri) ?? new Set()).add(instance));
      this.known.push(instance);
    } catch (error) {
      for (const uri of referencedUris(json)) this.lost.add(uri);
      this.known.push({ failed: failureOf(error), named });
    }
  }

  /** One further instance, of which all is said; stored at once if no bulk data is to come. @throws SpoolFull, ObjectStoreFull */
  async describeAlone(json: object): Promise<void> {
    await this.describe(json);
    const described = this.known.at(-1);
    if (described instanceof WaitingInstance && described.isWhole) await this.store(described);
  }

  /** One further instance, which cannot be read; its bulk data may come. */
  refuse(json: object): void {
    for (const uri of referencedUris(json)) this.lost.add(uri);
    this.known.push({ failed: STATUS.cannotUnderstand, named: namesOf(json) });
  }

  /** All are described. */
  async storeWhole(): Promise<void> {
    for (const known of this.known) if (known instanceof WaitingInstance && known.isWhole) await this.store(known);
  }

  /** A part of bulk data. */
  begin({ contentType, contentLocation }: PartHead): IncomingPart<FileOutcome | undefined> {
    const address = this.addressOf(contentLocation);
    if (address === undefined) return ignoredPart(this.isLost(contentLocation) ? undefined : UNWANTED);
    return new BulkDataPart({ contentType, bytes: new KeptBytes(this.spool) }, (bulk) => this.take(address, bulk));
  }

  private async take(address: BulkDataAddress, bulk: BulkData): Promise<FileOutcome | undefined> {
    const takers = [...(this.byUri.get(address.uri) ?? [])].filter((instance) => instance.give(address, bulk));
    bulk.bytes.shareAmong(takers.length);
    for (const instance of takers) if (instance.isWhole) await this.store(instance);
    return takers.length === 0 ? UNWANTED : undefined;
  }

  private async store(instance: WaitingInstance): Promise<void> {
    const { outcome } = await this.storedAs(instance);
    this.known[instance.place] = outcome;
    for (const uri of instance.uris) {
      const waiting = this.byUri.get(uri);
      waiting?.delete(instance);
      if (waiting?.size === 0) this.byUri.delete(uri);
    }
    instance.forget();
  }

  private async storedAs(instance: WaitingInstance): Promise<FinishedFile> {
    const file = new IncomingFile(this.packs, this.check);
    try {
      for await (const piece of writeInstance(instance)) await file.write(piece);
    } catch (error) {
      await file.discard();
      return { outcome: { failed: failureOf(error), named: instance.named } };
    }
    return file.finish();
  }

  private addressOf(contentLocation: string): BulkDataAddress | undefined {
    if (this.byUri.has(contentLocation)) return { uri: contentLocation, frame: undefined };
    const address = frameAddress(contentLocation);
    return address !== undefined && this.byUri.has(address.uri) ? address : undefined;
  }

  private isLost(contentLocation: string): boolean {
    return this.lost.has(contentLocation) || this.lost.has(frameAddress(contentLocation)?.uri ?? '');
  }
}

function failureOf(error: unknown) {
  if (error instanceof NotWritable) return error.failed;
  if (error instanceof JsonModelError) return STATUS.cannotUnderstand;
  throw error;
}
