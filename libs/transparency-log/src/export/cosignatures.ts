import { cosignedAt, type WitnessKey } from '../signed-note/cosignature.js';
import type { Finding } from './match-records.js';

/** How far one who watches the log said that it is what they saw. */
export interface Witness {
  readonly name: string;
  /** The records of the largest checkpoint that they signed; 0 when they signed none. */
  readonly size: number;
  readonly at: string | null;
}

/** What witnesses signed of the checkpoints of an export. */
export class Cosignatures {
  readonly findings: Finding[] = [];
  private readonly newest = new Map<string, { readonly size: number; readonly at: Date }>();

  constructor(private readonly keys: readonly WitnessKey[]) {}

  /** @param note a checkpoint that the log signed, of so many records */
  add(note: string, size: number): void {
    for (const key of this.keys) {
      const at = this.signedAt(note, key, size);
      const before = this.newest.get(key.name);
      if (at !== undefined && size >= (before?.size ?? 0)) this.newest.set(key.name, { size, at });
    }
  }

  /** Each once, however many keys they had. */
  witnesses(): Witness[] {
    const names = [...new Set(this.keys.map(({ name }) => name))].sort();
    return names.map((name) => {
      const { size = 0, at } = this.newest.get(name) ?? {};
      return { name, size, at: at?.toISOString() ?? null };
    });
  }

  private signedAt(note: string, key: WitnessKey, size: number): Date | undefined {
    try {
      return cosignedAt(note, key);
    } catch {
      this.findings.push({
        kind: 'not-cosigned',
        says: `What stands under the checkpoint of ${size} is no signature of ${key.name}`,
      });
      return undefined;
    }
  }
}
