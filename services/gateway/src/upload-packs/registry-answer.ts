import type { ProvinceAnswer } from '../province/province.client.js';

/**
 * What the registry's answer to a pack means: it has committed it; it refuses these very bytes for good; the province is
 * away, for this pack as for any other; or this pack is to be tried again later.
 */
export type PackAnswer = 'stored' | 'away' | 'later' | { readonly refused: string };

const REFUSALS = new Set([403, 409, 413, 422]);
const AWAY = new Set([401, 403, 404, 408, 425, 429, 502, 503, 504, 507]);

/** Reads the answer to `PUT /packs/:digest`. */
export function meaningOf({ status, body }: ProvinceAnswer): PackAnswer {
  if (status === 200 || status === 201) return 'stored';
  const code = codeOf(body);
  // Only the registry itself can refuse: an answer without a code of its is from something in between.
  if (code?.startsWith('PACK_') && REFUSALS.has(status)) {
    // A wrong digest is damage on the way.
    return code === 'PACK_DIGEST_MISMATCH' ? 'later' : { refused: code };
  }
  return AWAY.has(status) ? 'away' : 'later';
}

/** The code of a problem (RFC 9457), when the answer is one. */
export function codeOf(body: string): string | undefined {
  try {
    const problem: unknown = JSON.parse(body);
    return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : undefined;
  } catch {
    return undefined;
  }
}
