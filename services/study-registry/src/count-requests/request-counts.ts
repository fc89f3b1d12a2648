import type { RequestKind } from '../domain/request-kind.js';

export interface KindCounts {
  readonly requests: number;
  /** Answered with a status of 500 or more, or not to the end. */
  readonly failures: number;
  /** Of packs that were taken; of all else what was sent, with headers. */
  readonly bytes: number;
  /** From the first byte of the request to the last of the answer, in all. */
  readonly milliseconds: number;
}

export interface SlowSearch {
  readonly at: Date;
  readonly route: string;
  /** Names of the parameters, never their values. */
  readonly keys: readonly string[];
  readonly milliseconds: number;
}

export interface CountedRequest {
  readonly kind: RequestKind;
  readonly hasFailed: boolean;
  readonly bytes: number;
  readonly milliseconds: number;
}

export interface TakenCounts {
  readonly kinds: ReadonlyMap<RequestKind, KindCounts>;
  readonly slowest: readonly SlowSearch[];
}

const SLOWEST_KEPT = 10;
const NONE: KindCounts = { requests: 0, failures: 0, bytes: 0, milliseconds: 0 };

/** What was asked since it was last taken, in a memory that does not grow with it. */
export class RequestCounts {
  private kinds = new Map<RequestKind, KindCounts>();
  private slowest: SlowSearch[] = [];

  add({ kind, hasFailed, bytes, milliseconds }: CountedRequest): void {
    const known = this.kinds.get(kind) ?? NONE;
    this.kinds.set(kind, {
      requests: known.requests + 1,
      failures: known.failures + (hasFailed ? 1 : 0),
      bytes: known.bytes + bytes,
      milliseconds: known.milliseconds + milliseconds,
    });
  }

  /** Keeps a search if it is among the slowest. */
  addSearch(search: SlowSearch): void {
    const last = this.slowest.at(-1);
    if (this.slowest.length === SLOWEST_KEPT && last !== undefined && search.milliseconds <= last.milliseconds) return;
    this.slowest = [...this.slowest, search].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, SLOWEST_KEPT);
  }

  take(): TakenCounts {
    const taken = { kinds: this.kinds, slowest: this.slowest };
    this.kinds = new Map();
    this.slowest = [];
    return taken;
  }
}
