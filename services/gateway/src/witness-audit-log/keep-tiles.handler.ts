import { createHash } from 'node:crypto';
import { type Checkpoint, includesTile, TILE_WIDTH } from '@yinglian/transparency-log';
import type { SealedLogClient } from './sealed-log.client.js';
import type { WitnessedLogStore } from './witnessed-log.store.js';

/** Asked for at once. */
const AT_ONCE = 64;

/**
 * Keeps hashes of records of the province's audit log, so that one that is exchanged with its hash is named (ADR 0065). Of so many tiles this
 * hospital keeps one, chosen by its code: together the hospitals keep all, some times each.
 */
export class KeepTilesHandler {
  private next: number | undefined;

  constructor(
    private readonly log: SealedLogClient,
    private readonly store: WitnessedLogStore,
    private readonly hospital: string,
    private readonly oneIn: number,
  ) {}

  /**
   * Those that are whole by a checkpoint that was found to be sound, some at a time. False: they are not what the checkpoint says.
   * @throws when the province cannot be asked
   */
  async execute(checkpoint: Checkpoint): Promise<boolean> {
    const whole = Math.floor(checkpoint.size / TILE_WIDTH);
    let next = this.next ?? (await this.store.lastTile()) + 1;
    const chosen: number[] = [];
    for (; next < whole && chosen.length < AT_ONCE; next += 1) if (this.keeps(next)) chosen.push(next);
    const told = chosen.length === 0 ? [] : await this.log.tiles(chosen, checkpoint.size);
    if (told === undefined) throw new Error('The province has no tiles of the audit log');
    const tiles = told.map(({ tile, hashes, proof }) => ({
      tile,
      hashes: Buffer.from(hashes, 'base64'),
      proof: proof.map((hash) => Buffer.from(hash, 'base64')),
    }));
    const areAll = tiles.length === chosen.length && tiles.every(({ tile }, at) => tile === chosen[at]);
    if (!areAll || !tiles.every(({ tile, hashes, proof }) => includesTile(proof, tile, hashes, checkpoint)))
      return false;
    await this.store.keepTiles(tiles);
    this.next = next;
    return true;
  }

  private keeps(tile: number): boolean {
    const digest = createHash('sha256').update(`${this.hospital} ${tile}`).digest();
    return digest.readUInt32BE() % this.oneIn === 0;
  }
}
