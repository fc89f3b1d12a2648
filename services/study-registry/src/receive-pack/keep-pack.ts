import { Injectable } from '@nestjs/common';
import type { PackReceipt } from '@yinglian/contracts';
import { type IncomingObject, ObjectStore } from '@yinglian/objects';
import { OpenedStudies } from '../open-study/opened-studies.js';
import { packKey } from '../storage/pack-index.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import type { ReadPack } from './read-pack.js';
import { type Alongside, RegisterPackHandler } from './register-pack.handler.js';

/** Keeps a pack that has come and was read, and registers what is in it. */
@Injectable()
export class KeepPack {
  constructor(
    private readonly objects: ObjectStore,
    private readonly indexes: PackIndexStore,
    private readonly registerPack: RegisterPackHandler,
    private readonly opened: OpenedStudies,
  ) {}

  /** A crash between the store and the commit leaves an object that nobody refers to, and the sender comes again. */
  async execute(object: IncomingObject, pack: ReadPack, alongside?: Alongside): Promise<PackReceipt> {
    const { sha256: digest, sizeBytes } = object;
    const key = packKey(digest);
    await object.keep(key);
    await this.indexes.put(digest, pack.index, pack.metadata);
    const isThere = () => this.objects.has(key);
    const receipt = await this.registerPack.execute(digest, sizeBytes, pack, new Date(), { alongside, isThere });
    this.opened.forget(pack.manifest.studyInstanceUid);
    return receipt;
  }
}
