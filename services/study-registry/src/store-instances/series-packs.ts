import { PACK_TARGET_BYTES, PackError, type PackInstance, type ScannedInstance, STATUS } from '@yinglian/dicom';
import type { ObjectStore } from '@yinglian/objects';
import { type PackBytes, type ReadInstance, readInstance } from '../receive-pack/read-pack.js';
import { bytesInPieces } from './bytes-in-pieces.js';
import { dataSetDigest } from './data-set-digest.js';
import { GrowingPack, type PackOwner, type SealedPack } from './growing-pack.js';
import type { RegisterStoredPack } from './register-stored-pack.js';
import { SeriesPack } from './series-pack.js';
import { entryOf, type FinishedFile, failureOf, type StorableFile } from './stored-file.js';
import type { Stretch } from './stretch-digests.js';

/** Series whose packs grow side by side in one request. */
const SERIES_AT_ONCE = 4;
/** Packs of one request that are whole and not yet registered; then the request is read no further. */
const REGISTERING_AT_MOST = 2;

/** A long file on its way into a pack of its own. */
export interface LoneFile {
  readonly pack: GrowingPack;
  /** From where its data set begins. */
  readonly dataSet: Stretch;
}

/** Groups the files of one request by series, as a gateway does: in packs of 32 MiB together, or one longer file alone. */
export class SeriesPacks {
  private readonly growing = new Map<string, SeriesPack>();
  private readonly registering: Promise<void>[] = [];

  constructor(
    private readonly hospital: string,
    private readonly objects: Pick<ObjectStore, 'receive'>,
    private readonly registerPack: Pick<RegisterStoredPack, 'execute'>,
  ) {}

  /** For a file that stands alone, of which it is not known yet whose it is. */
  begin(): GrowingPack {
    return new GrowingPack(this.objects);
  }

  /** @param dataSetSha256 when it is known already */
  async add(file: StorableFile, pieces: readonly Buffer[], dataSetSha256?: string): Promise<FinishedFile> {
    const { scanned } = file;
    const growing = this.growing.get(keyOf(scanned));
    const known = growing?.find(scanned.sopInstanceUid);
    if (growing !== undefined && known !== undefined) {
      const digest = dataSetSha256 ?? dataSetDigest(pieces, scanned.dataSetOffset);
      if (await growing.isOf(known, digest)) return { outcome: known.outcome };
    }
    const pack = await this.packFor(file, known !== undefined);
    const entry = entryOf(file, pack.bytes.sizeBytes);
    const read = await readable(entry, bytesInPieces(pieces));
    if (read === undefined) return unreadable(scanned);
    for (const piece of pieces) await pack.bytes.write(piece);
    const digest = dataSetSha256 ?? pack.bytes.hashFrom(entry.offset + entry.dataSetOffset).end(pack.bytes.sizeBytes);
    return { outcome: pack.list({ entry, dataSetSha256: digest }, scanned, read) };
  }

  /** A file whose bytes are in a pack of its own. */
  async addAlone(file: StorableFile, { pack: bytes, dataSet }: LoneFile): Promise<FinishedFile> {
    const { scanned } = file;
    const pack = new SeriesPack(this.ownerOf(scanned), bytes);
    const entry = entryOf(file, 0);
    try {
      const packed = { entry, dataSetSha256: dataSet.end(entry.length) };
      const sealed = await bytes.seal(pack.owner, [packed]);
      const read = await readable(entry, sealed.object.read);
      if (read === undefined) {
        await sealed.object.discard();
        return unreadable(scanned);
      }
      const outcome = pack.list(packed, scanned, read);
      await this.register(pack, Promise.resolve(sealed));
      return { outcome };
    } catch (error) {
      return { outcome: failureOf(error, scanned) };
    }
  }

  /** No more files come. Resolves when it is known what becomes of each. */
  async close(): Promise<void> {
    for (const key of [...this.growing.keys()]) await this.seal(key);
    await Promise.all(this.registering);
  }

  /** Something broke: what is not whole is given up. */
  async abandon(): Promise<void> {
    const left = [...this.growing.values()];
    this.growing.clear();
    await Promise.all(left.map(({ bytes }) => bytes.discard()));
    await Promise.all(this.registering);
  }

  private async packFor({ scanned, lengthBytes }: StorableFile, isKnownOtherwise: boolean): Promise<SeriesPack> {
    const key = keyOf(scanned);
    const growing = this.growing.get(key);
    if (growing !== undefined) {
      const hasRoom = !growing.isFull && growing.bytes.sizeBytes + lengthBytes <= PACK_TARGET_BYTES;
      // The same SOP Instance UID with other bytes goes in a pack of its own, and is quarantined.
      if (hasRoom && !isKnownOtherwise) return this.used(key, growing);
      await this.seal(key);
    }
    const [unused] = this.growing.keys();
    if (unused !== undefined && this.growing.size >= SERIES_AT_ONCE) await this.seal(unused);
    return this.used(key, new SeriesPack(this.ownerOf(scanned), this.begin()));
  }

  /** The one that was used last stands last. */
  private used(key: string, pack: SeriesPack): SeriesPack {
    this.growing.delete(key);
    this.growing.set(key, pack);
    return pack;
  }

  private async seal(key: string): Promise<void> {
    const pack = this.growing.get(key);
    this.growing.delete(key);
    if (pack === undefined) return;
    const { packed, bytes, owner } = pack;
    if (packed.length === 0) return bytes.discard();
    await this.register(pack, bytes.seal(owner, packed));
  }

  /** In the order in which they came; goes on while further files come. */
  private async register(pack: SeriesPack, sealing: Promise<SealedPack>): Promise<void> {
    const before = this.registering.at(-1);
    const register = async () => {
      const [sealed] = await Promise.all([sealing, before]);
      return this.registerPack.execute(sealed, pack);
    };
    this.registering.push(register().then(pack.fate.resolve, pack.fate.reject));
    if (this.registering.length > REGISTERING_AT_MOST) await this.registering.shift();
  }

  private ownerOf({ studyInstanceUid, seriesInstanceUid }: ScannedInstance): PackOwner {
    return { hospital: this.hospital, studyInstanceUid, seriesInstanceUid };
  }
}

const keyOf = ({ studyInstanceUid, seriesInstanceUid }: ScannedInstance) => `${studyInstanceUid} ${seriesInstanceUid}`;

const unreadable = (named: ScannedInstance): FinishedFile => ({
  outcome: { failed: STATUS.cannotUnderstand, named },
});

/** Undefined when what the registry needs to know of every instance cannot be read. */
async function readable(entry: PackInstance, read: PackBytes['read']): Promise<ReadInstance | undefined> {
  try {
    return await readInstance(entry, read);
  } catch (error) {
    if (error instanceof PackError) return undefined;
    throw error;
  }
}
