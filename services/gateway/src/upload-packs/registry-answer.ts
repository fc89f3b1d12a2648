import { PackReceipt } from '@yinglian/contracts';
import { z } from 'zod';
import type { InstanceFate } from '../domain/instance-fate.js';
import type { ProvinceAnswer } from '../province/province.client.js';

/** A registry of an older version gives the counts only. */
const Receipt = PackReceipt.partial({ notServed: true });

/** The registry has a pack. */
export interface CommittedPack {
  /** Places in the pack of what is kept aside; undefined when something is, and which is not known. */
  readonly aside: readonly number[] | undefined;
}

/** It does not take these very bytes, and never will. */
export interface RefusedForGood {
  readonly refused: string;
}

/**
 * What the registry's answer to a pack means: it has committed it; it refuses it for good; the province is away, for this pack
 * as for any other; or this pack is to be tried again later.
 */
export type PackAnswer = CommittedPack | RefusedForGood | 'away' | 'later';

const REFUSALS = new Set([403, 409, 413, 422]);
const AWAY = new Set([401, 403, 404, 408, 425, 429, 502, 503, 504, 507]);

/** Reads the answer to `PUT /packs/:digest`. */
export function meaningOf({ status, body }: ProvinceAnswer): PackAnswer {
  // Whatever lies in between may answer 200, too: only a receipt lets the spool be freed.
  if (status === 200 || status === 201) return committed(body) ?? 'later';
  const code = codeOf(body);
  // Only the registry itself can refuse: an answer without a code of its is from something in between.
  if (code?.startsWith('PACK_') && REFUSALS.has(status)) {
    // A wrong digest is damage on the way.
    return code === 'PACK_DIGEST_MISMATCH' ? 'later' : { refused: code };
  }
  return AWAY.has(status) ? 'away' : 'later';
}

/** What became of each instance of a pack that is committed, in the order of the pack. */
export function fatesOf({ aside }: CommittedPack, instances: number): InstanceFate[] {
  const places = new Set(aside ?? Array.from({ length: instances }, (_, place) => place));
  return Array.from({ length: instances }, (_, place) => (places.has(place) ? 'quarantined' : 'registered'));
}

function committed(body: string): CommittedPack | undefined {
  const { data } = Receipt.safeParse(jsonOf(body));
  if (data === undefined) return undefined;
  return { aside: data.notServed ?? (data.quarantined === 0 ? [] : undefined) };
}

const Problem = z.object({ code: z.string() });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The code of a problem (RFC 9457), when the answer is one. */
export const codeOf = (body: string): string | undefined => Problem.safeParse(jsonOf(body)).data?.code;
