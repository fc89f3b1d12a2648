import { z } from 'zod';
import type { ProvinceAnswer } from '../province/province.client.js';

const Counts = z.object({ quarantined: z.number().int() });

/**
 * What the registry's answer to a pack means: it has committed it, or committed it with something in it that is kept aside
 * for a steward; it refuses these very bytes for good; the province is
 * away, for this pack as for any other; or this pack is to be tried again later.
 */
export type PackAnswer = 'stored' | 'quarantined' | 'away' | 'later' | { readonly refused: string };

const REFUSALS = new Set([403, 409, 413, 422]);
const AWAY = new Set([401, 403, 404, 408, 425, 429, 502, 503, 504, 507]);

/** Reads the answer to `PUT /packs/:digest`. */
export function meaningOf({ status, body }: ProvinceAnswer): PackAnswer {
  if (status === 200 || status === 201) return isSomethingAside(body) ? 'quarantined' : 'stored';
  const code = codeOf(body);
  // Only the registry itself can refuse: an answer without a code of its is from something in between.
  if (code?.startsWith('PACK_') && REFUSALS.has(status)) {
    // A wrong digest is damage on the way.
    return code === 'PACK_DIGEST_MISMATCH' ? 'later' : { refused: code };
  }
  return AWAY.has(status) ? 'away' : 'later';
}

/** The counts do not say which instances they are. */
function isSomethingAside(body: string): boolean {
  const counts = Counts.safeParse(jsonOf(body));
  return counts.success && counts.data.quarantined > 0;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The code of a problem (RFC 9457), when the answer is one. */
export function codeOf(body: string): string | undefined {
  const problem = jsonOf(body);
  return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : undefined;
}
