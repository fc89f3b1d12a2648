import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileObjectStore } from '@yinglian/objects';
import { readPack } from '../../receive-pack/read-pack.js';
import { InstanceBytes } from '../../storage/instance-bytes.js';
import { packKey } from '../../storage/pack-index.js';
import type { PackSource } from '../../storage/pack-source.js';
import type { StoredInstance } from '../../storage/study-contents.js';
import { packOf } from '../../testing/pack-of.js';

/** Files in packs on the disk, read as the registry reads them, without a database that knows of them. */
export class FileStore {
  private constructor(
    private readonly folder: string,
    private readonly objects: FileObjectStore,
  ) {}

  static async open(): Promise<FileStore> {
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-objects-'));
    const objects = new FileObjectStore(folder);
    await objects.begin();
    return new FileStore(folder, objects);
  }

  get bytes(): InstanceBytes {
    const packs: PackSource = {
      isHere: async () => true,
      askFor: async () => new Set(),
      open: async (digest) => Object.assign(await this.objects.open(packKey(digest)), { whole: async () => {} }),
    };
    return new InstanceBytes(packs, { report: async () => {} });
  }

  async keep(file: Buffer): Promise<StoredInstance> {
    const { bytes, digest, manifest } = packOf('H001', [file]);
    const incoming = await this.objects.receive(Readable.from([bytes]), bytes.length);
    await incoming.keep(packKey(digest));
    const pack = await this.objects.open(packKey(digest));
    const { index } = await readPack(pack).finally(pack.release);
    const [instance] = index.instances;
    if (instance === undefined) throw new Error('The pack is empty');
    return { ...instance, seriesUid: manifest.seriesInstanceUid, digest, place: 0 };
  }

  async close(): Promise<void> {
    await this.objects.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
