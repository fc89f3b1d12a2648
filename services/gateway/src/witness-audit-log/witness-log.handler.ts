import {
  type Checkpoint,
  isConsistent,
  NoteRefused,
  type NoteVerifier,
  noteVerifier,
  openCheckpoint,
} from '@yinglian/transparency-log';
import { z } from 'zod';
import type { ProvinceClient } from '../province/province.client.js';
import type { WitnessedLogStore } from './witnessed-log.store.js';

const LOG = '/api/consent-audit/log';
const Keys = z.object({ origin: z.string(), verifierKeys: z.array(z.string()).min(1) });
const Consistency = z.object({ checkpoint: z.string(), proof: z.array(z.base64()).max(128) });

/** `contradicts`: the log is not what it was: shorter, rewritten, or signed by somebody else. */
export type Witnessed = 'nothing-sealed' | 'sound' | 'contradicts';

/** Looks at the province's audit log as somebody who does not trust it: it may grow, and nothing else (ADR 0054). */
export class WitnessLogHandler {
  constructor(
    private readonly province: Pick<ProvinceClient, 'get'>,
    private readonly store: WitnessedLogStore,
  ) {}

  /** One look. @throws when the province cannot be asked */
  async execute(now: number): Promise<Witnessed> {
    const keys = await this.keys();
    const known = await this.store.latest();
    const before = known === '' ? undefined : opened(known, keys);
    const note = await this.get(before === undefined ? '/checkpoint' : `/consistency?from=${before.size}`);
    if (note === undefined) return before === undefined ? 'nothing-sealed' : this.contradicts(known);
    const told = before === undefined ? { checkpoint: note, proof: [] } : Consistency.parse(JSON.parse(note));
    if (!isSound(before, told, keys)) return this.contradicts(told.checkpoint);
    if (told.checkpoint !== known) await this.store.keep(told.checkpoint, now);
    return 'sound';
  }

  /** Those that were told first: whoever signs with others later is not believed. */
  private async keys(): Promise<NoteVerifier[]> {
    const known = await this.store.keys();
    if (known.length > 0) return known.map(noteVerifier);
    const { verifierKeys } = Keys.parse(JSON.parse((await this.get('/keys')) ?? ''));
    const keys = verifierKeys.map(noteVerifier);
    await this.store.keepKeys(verifierKeys);
    return keys;
  }

  private async contradicts(note: string): Promise<Witnessed> {
    await this.store.keepContradiction(note);
    return 'contradicts';
  }

  /** Undefined when the log is not sealed that far. */
  private async get(path: string): Promise<string | undefined> {
    const { status, body } = await this.province.get(`${LOG}${path}`);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`The audit log was not told: status ${status}`);
    return body;
  }
}

function isSound(
  before: Checkpoint | undefined,
  { checkpoint, proof }: z.output<typeof Consistency>,
  keys: readonly NoteVerifier[],
): boolean {
  try {
    const after = opened(checkpoint, keys);
    if (before === undefined) return true;
    return isConsistent(
      proof.map((hash) => Buffer.from(hash, 'base64')),
      before,
      after,
    );
  } catch (error) {
    if (error instanceof NoteRefused) return false;
    throw error;
  }
}

const opened = (note: string, keys: readonly NoteVerifier[]) => openCheckpoint(note, keys[0]?.name ?? '', keys);
