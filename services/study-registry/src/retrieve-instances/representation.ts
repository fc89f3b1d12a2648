import type { EntityTag } from '../domain/entity-tag.js';
import type { Body } from './body.js';

/** A body, and what is said about it (RFC 9110 section 8). */
export interface Representation extends Body {
  readonly etag: EntityTag;
  readonly contentEncoding?: 'gzip';
  /** When which stored bytes are given changed last, where nothing else decides on them; a change of another part of the study counts too. */
  readonly lastModified?: Date | undefined;
  /**
   * SHA-256 of all its bytes, in base64. Undefined when finding it costs too much for who has not asked for it. It throws when the
   * bytes are not those that were received.
   */
  sha256?(isAskedFor: boolean): Promise<string | undefined>;
}
