import type { EntityTag } from '../domain/entity-tag.js';

/**
 * A boundary (RFC 2046 section 5.1.1) that is the same whenever the representation is, as a strong entity tag promises. It comes from
 * digests of what lies between, so that nothing there can have been made to hold it.
 */
export const boundaryFor = (etag: EntityTag): string => `yinglian-${etag.replace(/[^\w-]/g, '')}`;
