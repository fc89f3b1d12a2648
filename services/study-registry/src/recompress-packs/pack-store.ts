import type { ObjectStore } from '@yinglian/objects';
import { sharedBands } from './bands/band-threads.js';
import { CompactObjectStore } from './compact/compact-object-store.js';

const PACK = /^packs\/[0-9a-f]{3}\/[0-9a-f]{64}$/;

/** A store of packs, of which some may be stored compact. Whoever reads packs reads them through it. */
export const packStore = (stored: ObjectStore): CompactObjectStore =>
  new CompactObjectStore(stored, (key) => PACK.test(key), sharedBands);
