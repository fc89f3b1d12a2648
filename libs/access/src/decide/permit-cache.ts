import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CLOCK, type Clock } from './clock.js';
import type { AccessRequest, Decision } from './decide.js';

const PERMIT_LASTS_MS = 3_000;
const PERMITS_AT_MOST = 10_000;

interface Permit {
  readonly decision: Decision;
  /** When what it rests on ends, in milliseconds of the epoch. */
  readonly endsAt: number;
}

/**
 * Permits of the last seconds, for viewers that ask for hundreds of frames of one study. Refusals are never kept. It
 * remembers only while somebody tells it when the replicated view changes.
 */
@Injectable()
export class PermitCache {
  private readonly permits = new LRUCache<string, Permit>({ max: PERMITS_AT_MOST, ttl: PERMIT_LASTS_MS });
  private generation = 0;
  private told = false;

  constructor(@Inject(CLOCK) private readonly now: Clock) {}

  get(request: AccessRequest): Decision | undefined {
    const permit = this.permits.get(keyOf(request));
    return permit === undefined || permit.endsAt <= this.now().getTime() ? undefined : permit.decision;
  }

  /** Call before reading facts, and keep the permit with what it returned: `keep` refuses what a change has overtaken. */
  begin(): number {
    return this.generation;
  }

  /** @param ends of what it may rest on; null: not of itself */
  keep(begun: number, request: AccessRequest, decision: Decision, ends: readonly (Date | null)[]): void {
    if (!this.told || begun !== this.generation) return;
    const endsAt = Math.min(...ends.map((end) => end?.getTime() ?? Number.POSITIVE_INFINITY));
    this.permits.set(keyOf(request), { decision, endsAt });
  }

  /** The view has changed: all is forgotten. */
  forget(): void {
    this.generation += 1;
    this.permits.clear();
  }

  /** Whether changes of the view are heard of; until they are, nothing is remembered. */
  hearsOfChanges(told: boolean): void {
    this.told = told;
    this.forget();
  }
}

const keyOf = ({ actor, action, personId, studyInstanceUid, ownerHospital }: AccessRequest): string =>
  [
    actor.sessionId,
    actor.subject,
    actor.roles.join(),
    actor.hospital,
    actor.department,
    actor.purposeOfUse,
    actor.device,
    actor.secondFactor,
    action,
    personId,
    studyInstanceUid,
    ownerHospital,
  ].join('\n');
