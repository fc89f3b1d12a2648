import { PackError, readManifest } from '@yinglian/dicom';
import type { ListedObject, ObjectStore } from '@yinglian/objects';
import type { PackCommits } from '../storage/pack-commits.js';
import { packKey } from '../storage/pack-index.js';
import type { PackOutlines } from '../storage/pack-outlines.js';
import type { PlannedPack, RebuildPlanStore } from './rebuild-plan.store.js';

/** Looked at together and kept in one statement. */
const TOGETHER = 64;
const PACK = /^packs\/[0-9a-f]{3}\/([0-9a-f]{64})(\.outline)?$/;

/** Lists the packs of the store and of outlines, those behind what is planned already, with what orders them. */
export class PlanPacks {
  constructor(
    private readonly objects: ObjectStore,
    private readonly commits: PackCommits,
    private readonly outlines: PackOutlines,
    private readonly plan: RebuildPlanStore,
  ) {}

  async execute(signal: AbortSignal, tell: (packs: number) => void): Promise<void> {
    const last = await this.plan.last();
    let together: ListedObject[] = [];
    let packs = 0;
    let lastDigest = last;
    const keep = async () => {
      signal.throwIfAborted();
      await this.plan.add(await Promise.all(together.map((object) => this.planned(object))));
      packs += together.length;
      together = [];
      tell(packs);
    };
    for await (const object of this.objects.list('packs/', last === undefined ? undefined : packKey(last))) {
      const [, digest, isOutline] = PACK.exec(object.key) ?? [];
      if (digest === undefined) continue;
      // A pack comes before its outline.
      if (isOutline !== undefined && (digest === lastDigest || (await this.objects.has(packKey(digest))))) continue;
      lastDigest = digest;
      together.push(object);
      if (together.length === TOGETHER) await keep();
    }
    if (together.length > 0) await keep();
  }

  private async planned({ key, sizeBytes }: ListedObject): Promise<PlannedPack> {
    const digest = PACK.exec(key)?.[1] ?? '';
    const unknown = { digest, sizeBytes, sequence: null, receivedAt: null, damage: null };
    try {
      const commit = await this.commits.find(digest);
      if (commit !== undefined && !key.endsWith('.outline')) return { ...unknown, sequence: commit.sequence };
      return await this.outlines.read(digest, async (pack) => {
        const manifest = await readManifest(pack.sizeBytes, (position, length) => pack.read(position, length));
        const receivedAt = commit === undefined ? (manifest.instances[0]?.receivedAt ?? null) : null;
        return { ...unknown, sizeBytes: pack.sizeBytes, sequence: commit?.sequence ?? null, receivedAt };
      });
    } catch (error) {
      if (error instanceof PackError) return { ...unknown, damage: error.message };
      throw error;
    }
  }
}
