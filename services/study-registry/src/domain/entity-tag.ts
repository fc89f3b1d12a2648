import { createHash } from 'node:crypto';

/** Names one representation of a resource (RFC 9110 section 8.8.3), for instance `"k3Jx…"` or `W/"k3Jx…"`. */
export type EntityTag = string;

/** A strong one: representations with the same tag are the same bytes, so `said` must tell all that these depend on. */
export const entityTag = (said: readonly string[]): EntityTag => `"${digestOf(said)}"`;

/** For what means the same, but may be written in other bytes by another release. */
export const weakEntityTag = (said: readonly string[]): EntityTag => `W/${entityTag(said)}`;

/** Each text with its length, so that no two lists are written alike. */
function digestOf(said: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of said) hash.update(`${text.length}:${text}`);
  return hash.digest('base64url');
}

const isWeak = (tag: EntityTag) => tag.startsWith('W/');
const opaque = (tag: EntityTag) => tag.replace(/^W\//, '');

/** Strong comparison (RFC 9110 section 8.8.3.2). */
export const isSame = (one: EntityTag, other: EntityTag) => !isWeak(one) && one === other;

/** Weak comparison. */
export const meansTheSame = (one: EntityTag, other: EntityTag) => opaque(one) === opaque(other);

/** The tags of an If-Match or If-None-Match header; `*` stands for any. What is no tag is left out. */
export const tagsOf = (header: string): '*' | readonly EntityTag[] =>
  header.trim() === '*' ? '*' : (header.match(/(W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? []);
