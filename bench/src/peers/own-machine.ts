import { totalmem } from 'node:os';

/** What of the machine's memory PostgreSQL keeps pages in: those that are read again and again stay, those that were read once do not. */
export const BUFFERS_MB = Math.floor((totalmem() * 2) / 3 / 1_048_576);

/** Of a PostgreSQL that has a machine for itself. */
export const OWN_MACHINE = [
  `shared_buffers=${BUFFERS_MB}MB`,
  `effective_cache_size=${BUFFERS_MB}MB`,
  'max_wal_size=16GB',
  'checkpoint_timeout=30min',
];
