import type { Sql } from '@yinglian/persistence';
import { EXPORT_FORMAT, type ExportLine, HASH_BYTES, TILE_WIDTH } from '@yinglian/transparency-log';
import type { ToldKeys } from '../prove-records/told-keys.js';
import { AuditLogStore } from '../storage/audit-log.store.js';
import { loggedRecords } from '../storage/logged-records.js';
import { WitnessStore } from '../storage/witness.store.js';

const CHECKPOINTS_AT_ONCE = 1_000;
const TILES_AT_ONCE = 8;

/** The lines of an export, some thousand records in memory at a time. */
export async function* exportLines(sql: Sql, told: ToldKeys, now: Date): AsyncGenerator<string> {
  const log = new AuditLogStore(sql);
  const witnesses = new WitnessStore(sql);
  const { origin, verifierKeys, turns } = told;
  const size = (await log.newestCheckpoint())?.size ?? 0;
  yield line({
    format: EXPORT_FORMAT,
    origin,
    exportedAt: now.toISOString(),
    size,
    verifierKeys: [...verifierKeys],
    ...(turns.length === 0 ? {} : { turns: [...turns] }),
  });
  for (let above = 0; above < size; ) {
    const checkpoints = await log.checkpoints(above, CHECKPOINTS_AT_ONCE);
    const some = checkpoints.filter((checkpoint) => checkpoint.size <= size);
    for (const checkpoint of await witnesses.cosigned(some)) yield line({ checkpoint });
    above = some.length < CHECKPOINTS_AT_ONCE ? size : (some.at(-1)?.size ?? size);
  }
  let records = 0;
  for (let tile = 0; tile * TILE_WIDTH < size; tile += TILES_AT_ONCE) {
    const from = tile * TILE_WIDTH;
    const end = Math.min(size, from + TILES_AT_ONCE * TILE_WIDTH);
    const some = await tilesOf(log, tile, end);
    const logged = (await loggedRecords(sql, from, end - from)).filter(({ position }) => position < end);
    const lines = some.flatMap(({ index, hashes }) => [
      line({ tile: index, hashes: hashes.toString('base64') }),
      ...logged
        .filter(({ position }) => Math.floor(position / TILE_WIDTH) === index)
        .map(({ position, record }) => line({ index: position, record })),
    ]);
    records += logged.length;
    yield lines.join('');
  }
  yield line({ end: true, records });
}

/** Tiles from one on whose records stand before `end`; the tree may have grown further meanwhile. */
async function tilesOf(log: AuditLogStore, from: number, end: number) {
  const count = Math.ceil(end / TILE_WIDTH) - from;
  const ids = Array.from({ length: count }, (_, n) => ({ level: 0, index: from + n }));
  const tiles = await log.readTiles(ids);
  return tiles
    .map(({ index, hashes }) => ({ index, hashes: hashes.subarray(0, (end - index * TILE_WIDTH) * HASH_BYTES) }))
    .sort((one, other) => one.index - other.index);
}

const line = (content: ExportLine): string => `${JSON.stringify(content)}\n`;
