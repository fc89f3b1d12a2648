import { PackError, PackOutline } from '@yinglian/dicom';
import type { ObjectStore } from '@yinglian/objects';
import { type Database, first } from '@yinglian/persistence';
import { type ReadPack, readPack } from '../receive-pack/read-pack.js';
import type { RegisterPackHandler } from '../receive-pack/register-pack.handler.js';
import { newStudyOfCommit, type PackCommits } from '../storage/pack-commits.js';
import { indexKey } from '../storage/pack-index.js';
import type { PackIndexStore } from '../storage/pack-index.store.js';
import type { PackOutlines } from '../storage/pack-outlines.js';
import type { PlanPacks } from './plan-packs.js';
import type { PlanProgress, RebuildPlanStore } from './rebuild-plan.store.js';
import type { ReplayDecisions, ReplayedDecisions } from './replay-decisions.js';

/** Packs that are fetched from the plan together; what they say is held for two of them. */
const TOGETHER = 100;
const DAMAGES_AT_MOST = 1_000;

/** The database has packs that no rebuilding put there. */
export class DatabaseNotEmpty extends Error {
  override readonly name = 'DatabaseNotEmpty';
}

export interface Rebuilt extends PlanProgress {
  readonly damages: readonly { readonly digest: string; readonly damage: string }[];
  readonly replayed: ReplayedDecisions;
}

interface NextPack {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly isAtHospital: boolean;
  readonly read: ReadPack | PackError;
}

/** Registers every pack of the store in the order in which they were registered first, by what is read from their bytes; then replays what was decided. */
export class RebuildIndexHandler {
  private decided: ReadonlySet<string> = new Set();

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly packs: {
      readonly plan: RebuildPlanStore;
      readonly list: PlanPacks;
      readonly commits: PackCommits;
      readonly decisions: ReplayDecisions;
      readonly outlines: PackOutlines;
    },
    private readonly indexes: PackIndexStore,
    private readonly register: RegisterPackHandler,
  ) {}

  /** Goes on with a rebuilding that was broken off. @throws DatabaseNotEmpty, the signal's reason */
  async execute(signal: AbortSignal, tell: (line: string) => void): Promise<Rebuilt> {
    const { plan, list } = this.packs;
    if (!(await plan.exists())) await this.begin();
    await list.execute(signal, (packs) => tell(`${packs} packs found`));
    await plan.raiseSequence();
    this.decided = await this.packs.decisions.studies();
    // Counted once: a province has millions of packs.
    let { done, doneBytes, ...all } = await plan.progress();
    for (;;) {
      const next = await plan.next(TOGETHER);
      if (next.length === 0) break;
      await this.registerAll(next, signal);
      done += next.length;
      doneBytes += next.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      tell(`${done} of ${all.packs} packs read, ${gigabytes(doneBytes)} of ${gigabytes(all.bytes)} GB`);
    }
    const replayed = await this.packs.decisions.execute(signal);
    const rebuilt = { ...(await plan.progress()), damages: await plan.damages(DAMAGES_AT_MOST), replayed };
    await plan.end();
    return rebuilt;
  }

  private async begin(): Promise<void> {
    const found = await first(this.database, 'SELECT 1 FROM packs LIMIT 1');
    if (found !== undefined) throw new DatabaseNotEmpty('The database has packs already');
    await this.packs.plan.begin();
  }

  /** One pack is read while the one before is registered. */
  private async registerAll(packs: readonly { digest: string; sizeBytes: number }[], signal: AbortSignal) {
    const [head, ...rest] = packs;
    let reading = head === undefined ? undefined : this.read(head);
    for (const following of [...rest, undefined]) {
      const pack = await reading;
      signal.throwIfAborted();
      reading = following === undefined ? undefined : this.read(following);
      // Seen where it is awaited.
      reading?.catch(() => {});
      if (pack !== undefined) await this.take(pack);
    }
  }

  private async take({ digest, sizeBytes, isAtHospital, read }: NextPack): Promise<void> {
    const { plan, commits } = this.packs;
    if (read instanceof PackError) return plan.damaged(digest, read.message);
    const commit = await commits.find(digest);
    const announced = commit === undefined ? undefined : newStudyOfCommit(commit);
    await this.register.execute(digest, sizeBytes, read, new Date(), { announced, isAtHospital });
    const { studyInstanceUid } = read.manifest;
    if (this.decided.has(studyInstanceUid)) await this.packs.decisions.hide(studyInstanceUid);
    await plan.done(digest);
  }

  private async read({ digest, sizeBytes }: { digest: string; sizeBytes: number }): Promise<NextPack> {
    try {
      return await this.packs.outlines.read(digest, async (pack) => {
        const read = await readPack(pack);
        if (!(await this.objects.has(indexKey(digest)))) await this.indexes.put(digest, read.index, read.metadata);
        return { digest, sizeBytes, isAtHospital: pack instanceof PackOutline, read };
      });
    } catch (error) {
      if (error instanceof PackError) return { digest, sizeBytes, isAtHospital: false, read: error };
      throw error;
    }
  }
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
