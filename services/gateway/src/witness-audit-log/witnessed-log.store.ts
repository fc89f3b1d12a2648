import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { witnessKeyText } from '@yinglian/transparency-log';
import { isMissing } from '../storage/durable-folder.js';
import { replaceFile } from '../storage/replace-file.js';

/** One of an hour is kept for ever. */
const KEEP_EVERY_MS = 3_600_000;

const TILES = 'tiles.ndjson';
/** Of the last line that was written to its end. */
const LAST_TILE = /^.*\{"tile":(\d+),"hashes":"[A-Za-z0-9+/=]*"\}\n/s;
/** More than two lines. */
const END_BYTES = 32_768;

/** What this hospital has seen of the province's audit log, in files that `yinglian verify-audit --witness` reads. */
export class WitnessedLogStore {
  private keptAt = 0;

  constructor(private readonly folder: string) {}

  /** The keys of whoever signs, those that were told first and those of later, as a `KeyRing` reads them; empty before. */
  async keys(): Promise<string[]> {
    return (await this.read('keys.txt')).split('\n').filter((line) => line !== '');
  }

  async keepKeys(keys: readonly string[]): Promise<void> {
    await replaceFile(this.path('keys.txt'), `${keys.join('\n')}\n`);
  }

  /** The newest checkpoint that was found to be sound; empty before the first one. */
  latest(): Promise<string> {
    return this.read('latest.txt');
  }

  async keep(note: string, now: number): Promise<void> {
    await replaceFile(this.path('latest.txt'), note);
    if (now - this.keptAt < KEEP_EVERY_MS) return;
    this.keptAt = now;
    await appendFile(this.path('checkpoints.txt'), note, { flush: true });
  }

  /** What contradicts what was seen before: evidence. Each once. */
  async keepContradiction(note: string): Promise<void> {
    if ((await this.read('contradictions.txt')).includes(note)) return;
    await mkdir(this.folder, { recursive: true });
    await appendFile(this.path('contradictions.txt'), note, { flush: true });
  }

  /** The furthest tile that is kept; -1 before the first one. */
  async lastTile(): Promise<number> {
    const end = await this.endOf(TILES);
    const [, number = '-1'] = LAST_TILE.exec(end) ?? [];
    return Number(number);
  }

  /** Behind those that are kept, as lines of an export. */
  async keepTiles(tiles: readonly { readonly tile: number; readonly hashes: Buffer }[]): Promise<void> {
    if (tiles.length === 0) return;
    const lines = tiles.map(({ tile, hashes }) => JSON.stringify({ tile, hashes: hashes.toString('base64') }));
    await mkdir(this.folder, { recursive: true });
    // What was cut off while it was written is a line of its own.
    const isCut = !/(^|\n)$/.test(await this.endOf(TILES));
    await appendFile(this.path(TILES), `${isCut ? '\n' : ''}${lines.join('\n')}\n`, { flush: true });
  }

  /** The key by which this hospital signs, made once; its public half lies beside it, for auditors to take from here. */
  async cosigningKey(name: string): Promise<KeyObject> {
    const known = await this.read('cosigning-key.pem');
    const key = known === '' ? generateKeyPairSync('ed25519').privateKey : createPrivateKey(known);
    if (known !== '') return key;
    await replaceFile(this.path('cosigning-key.pem'), String(key.export({ format: 'pem', type: 'pkcs8' })));
    await replaceFile(this.path('cosigning-key.txt'), `${witnessKeyText(name, key)}\n`);
    return key;
  }

  private async read(name: string): Promise<string> {
    try {
      return await readFile(this.path(name), 'utf8');
    } catch (error) {
      if (isMissing(error)) return '';
      throw error;
    }
  }

  /** As much as the last whole line can be. */
  private async endOf(name: string): Promise<string> {
    try {
      const file = await open(this.path(name));
      try {
        const { size } = await file.stat();
        const from = Math.max(0, size - END_BYTES);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
        return buffer.toString('latin1', 0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isMissing(error)) return '';
      throw error;
    }
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}
