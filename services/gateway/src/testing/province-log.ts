import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  consistencyProof,
  noteSigner,
  recordHash,
  rootOf,
  signCheckpoint,
  tileProofs,
  verifierKey,
} from '@yinglian/transparency-log';
import { TilesInMemory } from '@yinglian/transparency-log/testing';

export const ORIGIN = 'health.example/audit';

/** The province's side, as consent-audit answers; whether that does is shown end to end. */
export class ProvinceLog {
  private tiles = new TilesInMemory();
  key = generateKeyPairSync('ed25519').privateKey;
  status = 200;
  turns: string[] = [];
  /** What is left of the log for witnesses to sign. */
  lastingSize = 0;
  /** Tells other hashes than it signed. */
  tampersTiles = false;
  readonly cosigned: { size: number; verifierKey: string; cosignature: string }[] = [];

  add(...records: string[]): void {
    this.tiles.append(Buffer.concat(records.map((text) => recordHash({ text }))));
  }

  /** Begins anew with other records. */
  rewrite(...records: string[]): void {
    this.tiles = new TilesInMemory();
    this.add(...records);
  }

  async checkpoint(size = this.tiles.size): Promise<string> {
    const signed = { origin: ORIGIN, size, root: await rootOf(this.tiles, size), sealedAt: null };
    return signCheckpoint(signed, [noteSigner(ORIGIN, this.key)]);
  }

  /** Signs with another key from now on. @param by whose keys sign the checkpoint at which it becomes so */
  async turnTo(next: KeyObject, by = [this.key, next]): Promise<void> {
    const { size } = this.tiles;
    const turn = { retires: [verifierKey(ORIGIN, this.key)], adopts: [verifierKey(ORIGIN, next)] };
    const signed = { origin: ORIGIN, size, root: await rootOf(this.tiles, size), sealedAt: null, turn };
    const signers = by.map((key) => noteSigner(ORIGIN, key));
    this.turns.push(signCheckpoint(signed, signers));
    this.key = next;
  }

  async sendJson(_method: string, _path: string, body: object) {
    this.cosigned.push(body as ProvinceLog['cosigned'][number]);
    return { status: this.status === 200 ? 204 : this.status, headers: {}, body: '' };
  }

  async get(path: string) {
    const body = await this.answer(path);
    return { status: body === undefined ? 404 : this.status, headers: {}, body: body ?? '' };
  }

  private async answer(path: string): Promise<string | undefined> {
    const { pathname, searchParams } = new URL(path, 'http://province');
    if (pathname.endsWith('/keys')) {
      return JSON.stringify({ origin: ORIGIN, verifierKeys: [verifierKey(ORIGIN, this.key)], turns: this.turns });
    }
    const { size } = this.tiles;
    if (size === 0) return undefined;
    if (pathname.endsWith('/checkpoint')) return this.checkpoint();
    if (pathname.endsWith('/tiles')) return this.answerTiles(searchParams);
    const from = Number(searchParams.get('from'));
    if (from > size) return undefined;
    const told = { checkpoint: await this.checkpoint(), proof: await this.proof(from) };
    if (this.lastingSize === 0) return JSON.stringify(told);
    const lasting = { checkpoint: await this.checkpoint(this.lastingSize), proof: await this.proof(this.lastingSize) };
    return JSON.stringify({ ...told, lasting });
  }

  private async answerTiles(asked: URLSearchParams): Promise<string> {
    const numbers = (asked.get('tiles') ?? '').split(',').map(Number);
    const proofs = await tileProofs(this.tiles, numbers, Number(asked.get('size')));
    const read = await this.tiles.readTiles(numbers.map((index) => ({ level: 0, index })));
    const tiles = read.map(({ index, hashes }, at) => {
      const told = Buffer.from(hashes);
      if (this.tampersTiles) told.fill(7, 0, 32);
      return {
        tile: index,
        hashes: told.toString('base64'),
        proof: proofs[at]?.map((hash) => hash.toString('base64')),
      };
    });
    return JSON.stringify({ tiles });
  }

  private async proof(from: number): Promise<string[]> {
    return (await consistencyProof(this.tiles, from, this.tiles.size)).map((hash) => hash.toString('base64'));
  }
}
