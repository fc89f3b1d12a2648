import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@yinglian/access';
import { LRUCache } from 'lru-cache';
import type { Search } from '../domain/search-keys.js';
import type { StudyPlace } from './study-place.js';

/** Where a page begins: behind a study, and behind so many results of what comes then; or inside a study that the last page began. */
export interface PageStart {
  readonly after?: StudyPlace;
  readonly skip: number;
  readonly inside?: { readonly studyUid: string; readonly skip: number };
}

const PAGES_AT_MOST = 20_000;
const KEPT_MS = 10 * 60_000;

/**
 * Where answers of searches ended, so that the same caller's next page of the same search goes on behind the last result: what arrives
 * between the pages neither repeats a result nor hides one. A page that follows none of these is counted from the top.
 */
@Injectable()
export class SearchPages {
  private readonly ends = new LRUCache<string, PageStart>({ max: PAGES_AT_MOST, ttl: KEPT_MS });

  /** Where the page at the search's offset begins. */
  start(actor: Actor, resource: string, search: Search): PageStart {
    return this.ends.get(keyOf(actor, resource, search, search.offset)) ?? { skip: search.offset };
  }

  /** Keeps where the page ended that had so many results. */
  keep(actor: Actor, resource: string, search: Search, results: number, end: PageStart): void {
    if (results > 0) this.ends.set(keyOf(actor, resource, search, search.offset + results), end);
  }
}

/** A digest: what was searched by is not kept. */
function keyOf(actor: Actor, resource: string, search: Search, offset: number): string {
  const { fuzzyMatching, emptyValueMatching } = search;
  const asked = [actor, resource, [...search.keys].sort(), fuzzyMatching, emptyValueMatching, offset];
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64');
}
