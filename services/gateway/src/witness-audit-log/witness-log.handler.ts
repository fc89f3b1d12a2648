import { type Checkpoint, isConsistent, KeyRing, NoteRefused } from '@yinglian/transparency-log';
import type { CosignLogHandler } from './cosign-log.handler.js';
import type { KeepTilesHandler } from './keep-tiles.handler.js';
import type { ProvenCheckpoint, SealedLogClient } from './sealed-log.client.js';
import type { WitnessedLogStore } from './witnessed-log.store.js';

/** `contradicts`: the log is not what it was: shorter, rewritten, or signed by somebody else. */
export type Witnessed = 'nothing-sealed' | 'sound' | 'contradicts';

/** Looks at the province's audit log as somebody who does not trust it: it may grow, and nothing else (ADR 0054). */
export class WitnessLogHandler {
  constructor(
    private readonly log: SealedLogClient,
    private readonly store: WitnessedLogStore,
    private readonly cosign: CosignLogHandler,
    private readonly keepTiles: KeepTilesHandler,
  ) {}

  /** One look. @throws when the province cannot be asked */
  async execute(now: number): Promise<Witnessed> {
    const known = await this.ring();
    const latest = await this.store.latest();
    const before = latest === '' ? undefined : known.open(latest);
    const told = await (before === undefined ? this.log.newest() : this.log.since(before.size));
    if (told === undefined) return before === undefined ? 'nothing-sealed' : this.contradicts(latest);
    const ring = await this.trusting(known, told.checkpoint);
    const newest = opened(told.checkpoint, ring);
    if (newest === undefined || !begins(newest, before, told)) return this.contradicts(told.checkpoint);
    if (ring !== known) await this.store.keepKeys(ring.lines());
    if (told.checkpoint !== latest) await this.store.keep(told.checkpoint, now);
    const { lasting } = told;
    if (lasting !== undefined) {
      const signed = opened(lasting.checkpoint, ring);
      if (signed === undefined || !begins(newest, signed, lasting)) return this.contradicts(lasting.checkpoint);
      await this.cosign.execute(lasting.checkpoint, signed, new Date(now));
    }
    return (await this.keepTiles.execute(newest)) ? 'sound' : this.contradicts(told.checkpoint);
  }

  /** Those that were told first, and those that they turned to: whoever signs with others is not believed. */
  private async ring(): Promise<KeyRing> {
    const known = await this.store.keys();
    if (known.length > 0) return KeyRing.of(known[0]?.split('+')[0] ?? '', known);
    const { origin, verifierKeys } = await this.log.keys();
    const ring = KeyRing.of(origin, verifierKeys);
    await this.store.keepKeys(ring.lines());
    return ring;
  }

  /** The keys by which the note can be opened, when those that are known turned to them. */
  private async trusting(known: KeyRing, note: string): Promise<KeyRing> {
    if (opened(note, known) !== undefined) return known;
    return known.following((await this.log.keys()).turns);
  }

  private async contradicts(note: string): Promise<Witnessed> {
    await this.store.keepContradiction(note);
    return 'contradicts';
  }
}

/** Undefined when nobody who is trusted signed it. */
function opened(note: string, ring: KeyRing): Checkpoint | undefined {
  try {
    return ring.open(note);
  } catch (error) {
    if (error instanceof NoteRefused) return undefined;
    throw error;
  }
}

/** Whether a log begins with what it was before. */
const begins = (after: Checkpoint, before: Checkpoint | undefined, { proof }: Pick<ProvenCheckpoint, 'proof'>) =>
  before === undefined ||
  isConsistent(
    proof.map((hash) => Buffer.from(hash, 'base64')),
    before,
    after,
  );
