import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { PackError, PackOutline } from '@yinglian/dicom';
import { ObjectDamaged, ObjectMissing, ObjectStore, ObjectTooShort } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { isBeingRebuilt } from '../rebuild-index/is-being-rebuilt.js';
import { CompactPackStore } from '../storage/compact-pack.store.js';
import { DamageReports } from '../storage/damage-reports.js';
import { DisposalStore } from '../storage/disposal.store.js';
import { PackStore } from '../storage/pack.store.js';
import { packKey } from '../storage/pack-index.js';
import { outlineKey } from '../storage/pack-outlines.js';
import { PulledPackStore } from '../storage/pulled-pack.store.js';
import { StudyStore } from '../storage/study.store.js';

const UNREADABLE = [ObjectDamaged, ObjectMissing, ObjectTooShort, PackError];

/** Says of a pack that it is at its hospital again. Its bytes are deleted afterwards (`DeleteReleased`); its outline describes it from now on. */
@Injectable()
export class ReleasePack {
  private readonly logger = new Logger(ReleasePack.name);

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly reports: DamageReports,
  ) {}

  /** Whether it was let go. One that is damaged here is told, and stays until it is healed. */
  async execute(digest: string, readUntil: Date): Promise<boolean> {
    const pack = await new PackStore(this.database).find(digest);
    const outline = pack && (await this.outlineOf(digest));
    if (pack === undefined || outline === undefined) {
      await new PulledPackStore(this.database).stays(digest);
      return false;
    }
    const { studyUid } = pack;
    const isReleased = await this.database.transaction(async (tx) => {
      await new StudyStore(tx).lock(studyUid);
      if ((await new DisposalStore(tx).underWay(studyUid)) !== undefined || (await isBeingRebuilt(tx))) return false;
      if (!(await new PulledPackStore(tx).release(digest, readUntil))) return false;
      await new CompactPackStore(tx).remove(digest);
      const bytes = outline.encode();
      const object = await this.objects.receive(Readable.from([bytes]), bytes.length);
      await object.keep(outlineKey(digest)).finally(object.discard);
      return true;
    });
    if (isReleased) this.logger.log(`Pack ${digest} is at ${pack.hospital} again`);
    return isReleased;
  }

  /** Made of bytes that are what they were; undefined when they are not, or have no pixels to leave out. */
  private async outlineOf(digest: string): Promise<PackOutline | undefined> {
    const key = packKey(digest);
    try {
      const hash = createHash('sha256');
      for await (const piece of this.objects.stream(key)) hash.update(piece);
      if (hash.digest('hex') !== digest) throw new ObjectDamaged('These are not the bytes that the digest names');
      const pack = await this.objects.open(key);
      const { sizeBytes } = pack;
      return await PackOutline.of(sizeBytes, (position, length) => pack.read(position, length)).finally(pack.release);
    } catch (error) {
      if (!UNREADABLE.some((kind) => error instanceof kind)) throw error;
      await this.reports.report(digest);
      return undefined;
    }
  }
}
