import {
  type ArrivalWatch,
  type IncomingObject,
  type ListedObject,
  ObjectMissing,
  type ObjectReader,
  type ObjectStore,
  type Resumption,
  type UnfinishedName,
} from '@yinglian/objects';
import type { DecodesBands } from './checked-band.js';
import { CompactObjects } from './compact-objects.js';
import { listPacks } from './list-packs.js';
import { SwitchingReader } from './switching-reader.js';

const FOLDER = 'compact/';

/**
 * A store in which some objects are stored compact, at `compact/` and their key (ADR 0041). Who reads gets the bytes that came, and does not see
 * which way they are stored. What is there as it came is asked for first; so nothing else is, for a pack that is.
 */
export class CompactObjectStore implements ObjectStore {
  readonly compact: CompactObjects;
  /** Keys of packs whose compact form lies aside too, until something else is put in its place. */
  private readonly laidBy = new Set<string>();

  constructor(
    /** What it keeps its objects in. */
    readonly stored: ObjectStore,
    private readonly isPack: (key: string) => boolean,
    bands: DecodesBands,
  ) {
    this.compact = new CompactObjects(stored, bands);
  }

  /** Where the compact form of a pack is stored. */
  compactKey(key: string): string {
    return FOLDER + key;
  }

  /** Keys of packs that are stored compact, in order, after one of them. */
  async *compactPacks(after = ''): AsyncGenerator<string> {
    const last = after === '' ? '' : this.compactKey(after);
    for await (const { key } of this.stored.list(FOLDER, last)) yield key.slice(FOLDER.length);
  }

  async deleteCompact(key: string): Promise<void> {
    await this.stored.delete(this.compactKey(key));
    this.forget(key);
  }

  begin(): Promise<void> {
    return this.stored.begin();
  }

  unfinishedBytes(unfinished: UnfinishedName): Promise<number> {
    return this.stored.unfinishedBytes(unfinished);
  }

  async receive(
    source: AsyncIterable<Uint8Array>,
    limitBytes: number,
    resumption?: Resumption,
    watch?: ArrivalWatch,
  ): Promise<IncomingObject> {
    const incoming = await this.stored.receive(source, limitBytes, resumption, watch);
    return {
      ...incoming,
      keep: async (key) => {
        await incoming.keep(key);
        if (this.laidBy.delete(key)) await this.deleteCompact(key);
        this.forget(key);
      },
    };
  }

  putReproducible(key: string, bytes: Buffer): Promise<void> {
    return this.stored.putReproducible(key, bytes);
  }

  async has(key: string): Promise<boolean> {
    return (await this.stored.has(key)) || (this.isPack(key) && this.stored.has(this.compactKey(key)));
  }

  async open(key: string): Promise<ObjectReader> {
    if (!this.isPack(key)) return this.stored.open(key);
    const object = this.compact.isKnown(this.compactKey(key)) ? await this.compacted(key) : undefined;
    return new SwitchingReader(object ?? (await this.openNow(key)), () => {
      this.forget(key);
      return this.openNow(key);
    });
  }

  async read(key: string, position: number, length: number): Promise<Buffer> {
    const object = await this.open(key);
    return object.read(position, length).finally(object.release);
  }

  async readAll(key: string): Promise<Buffer> {
    try {
      return await this.stored.readAll(key);
    } catch (error) {
      if (!(error instanceof ObjectMissing) || !this.isPack(key)) throw error;
    }
    const object = await this.open(key);
    return object.read(0, object.sizeBytes).finally(object.release);
  }

  async *stream(key: string): AsyncGenerator<Buffer> {
    let at = 0;
    try {
      for await (const piece of this.stored.stream(key)) {
        at += piece.length;
        yield piece;
      }
      return;
    } catch (error) {
      if (!(error instanceof ObjectMissing) || !this.isPack(key)) throw error;
    }
    yield* this.compact.stream(this.compactKey(key), at);
  }

  /** The compact form as it is stored, when there is no other; it goes when something is put in its place. */
  async layBy(key: string, asideKey: string): Promise<void> {
    try {
      await this.stored.layBy(key, asideKey);
    } catch (error) {
      if (!(error instanceof ObjectMissing) || !this.isPack(key)) throw error;
      await this.stored.layBy(this.compactKey(key), this.isPack(asideKey) ? this.compactKey(asideKey) : asideKey);
      this.laidBy.add(key);
    }
    this.forget(key);
  }

  list(prefix: string, after = ''): AsyncIterable<ListedObject> {
    return listPacks(this.stored, FOLDER, { prefix, after }, async ({ key, sizeBytes }) => {
      // One that is damaged is in the list too: who reads it finds that.
      const sizes = await this.compact.sizes(this.compactKey(key)).catch(() => undefined);
      return sizes?.sizeBytes ?? sizeBytes;
    });
  }

  async delete(key: string): Promise<void> {
    await this.stored.delete(key);
    if (this.isPack(key)) await this.stored.delete(this.compactKey(key));
    this.forget(key);
  }

  close(): Promise<void> {
    return this.stored.close();
  }

  private forget(key: string): void {
    this.compact.forget(this.compactKey(key));
  }

  private async openNow(key: string): Promise<ObjectReader> {
    try {
      return await this.stored.open(key);
    } catch (error) {
      if (!(error instanceof ObjectMissing)) throw error;
      return this.compact.open(this.compactKey(key));
    }
  }

  /** Undefined when it is not there so any more, or not whole. */
  private compacted(key: string): Promise<ObjectReader | undefined> {
    return this.compact.open(this.compactKey(key)).catch(() => undefined);
  }
}
