import { z } from 'zod';
import type { ProvinceClient } from '../province/province.client.js';

const LOG = '/api/consent-audit/log';

const Keys = z.object({
  origin: z.string(),
  verifierKeys: z.array(z.string()).min(1),
  turns: z.array(z.string()).default([]),
});
const Proven = z.object({ checkpoint: z.string(), proof: z.array(z.base64()).max(128) });
const Consistency = Proven.extend({ lasting: Proven.optional() });

const Tiles = z.object({
  tiles: z.array(z.object({ tile: z.number(), hashes: z.base64(), proof: z.array(z.base64()).max(128) })),
});

/** Hashes of 256 records, with the proof that a tree has them. */
export type ProvenTile = z.output<typeof Tiles>['tiles'][number];

/** A checkpoint, with the proof that it begins with another one or another one with it. */
export type ProvenCheckpoint = z.output<typeof Proven>;

/** What the province says of its audit log. */
export class SealedLogClient {
  constructor(private readonly province: Pick<ProvinceClient, 'get' | 'sendJson'>) {}

  async keys(): Promise<z.output<typeof Keys>> {
    return Keys.parse(JSON.parse((await this.get('/keys')) ?? ''));
  }

  /** Undefined before the first record. */
  async newest(): Promise<z.output<typeof Consistency> | undefined> {
    const checkpoint = await this.get('/checkpoint');
    return checkpoint === undefined ? undefined : { checkpoint, proof: [] };
  }

  /** The newest one, which begins with so many records; undefined when the log is not sealed that far. */
  async since(size: number): Promise<z.output<typeof Consistency> | undefined> {
    const text = await this.get(`/consistency?from=${size}`);
    return text === undefined ? undefined : Consistency.parse(JSON.parse(text));
  }

  /** Of the tree of so many records; undefined when the log is not sealed that far. */
  async tiles(tiles: readonly number[], size: number): Promise<ProvenTile[] | undefined> {
    const text = await this.get(`/tiles?size=${size}&tiles=${tiles.join()}`);
    return text === undefined ? undefined : Tiles.parse(JSON.parse(text)).tiles;
  }

  /** @throws when it is not taken */
  async cosign(cosigned: { size: number; verifierKey: string; cosignature: string }): Promise<void> {
    const { status } = await this.province.sendJson('POST', `${LOG}/cosignatures`, cosigned);
    if (status !== 204) throw new Error(`What this hospital saw of the audit log was not taken: status ${status}`);
  }

  private async get(path: string): Promise<string | undefined> {
    const { status, body } = await this.province.get(`${LOG}${path}`);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`The audit log was not told: status ${status}`);
    return body;
  }
}
