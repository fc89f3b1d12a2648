import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { OUTLINE_MEDIA_TYPE, PACK_MEDIA_TYPE, PackOutline } from '@yinglian/dicom';
import type { Answer } from './ask-registry.js';
import { packOf, sha256, type TestPack } from './pack-of.js';
import type { RegistryService } from './registry-service.js';

/** What a gateway says of packs that it keeps, and how it brings them, over the registry's real HTTP. */
export class HospitalGateway {
  constructor(
    private readonly registry: Pick<RegistryService, 'address' | 'issuer' | 'ask'>,
    readonly hospital = 'H001',
  ) {}

  /** Tells the registry of a pack, and fails when it is refused. */
  async keep(files: readonly Buffer[]): Promise<TestPack> {
    const pack = packOf(this.hospital, files);
    const { status, body } = await this.tell(pack);
    if (status !== 201) throw new Error(`The outline was answered ${status}: ${body.toString()}`);
    return pack;
  }

  async tell(pack: TestPack, digest = pack.digest): Promise<Answer> {
    const outline = await outlineOf(pack);
    return this.send('PUT', `packs/${digest}/outline`, OUTLINE_MEDIA_TYPE, outline.encode());
  }

  /** The digests of the packs that it is to bring, at once or within that time. */
  async pulls(waitMs = 0): Promise<string[]> {
    const { status, json } = await this.send('GET', `hospitals/${this.hospital}/pulls?waitMs=${waitMs}`);
    if (status !== 200) throw new Error(`Pulls were answered ${status}`);
    return json.pulls.map(({ digest }: { digest: string }) => digest);
  }

  bring(pack: TestPack): Promise<Answer> {
    return this.send('PUT', `packs/${pack.digest}`, PACK_MEDIA_TYPE, pack.bytes);
  }

  /** Of a report. */
  async bringDocument(bytes: Buffer): Promise<void> {
    const { status } = await this.send('PUT', `documents/${sha256(bytes)}`, 'application/octet-stream', bytes);
    if (status !== 201) throw new Error(`The document was answered ${status}`);
  }

  fail(pack: TestPack, outcome: 'missing' | 'damaged'): Promise<Answer> {
    return this.send(
      'PUT',
      `pulls/${pack.digest}/outcome`,
      'application/json',
      Buffer.from(JSON.stringify({ outcome })),
    );
  }

  /** The digests of packs that the province would let go. */
  async toRelease(): Promise<string[]> {
    const { status, json } = await this.send('GET', `hospitals/${this.hospital}/packs-to-release`);
    if (status !== 200) throw new Error(`Packs to release were answered ${status}`);
    return json.packs;
  }

  /** Says whether it has a pack that it has brought. */
  async says({ digest }: TestPack, isKept: boolean): Promise<void> {
    const body = Buffer.from(JSON.stringify({ isKept }));
    const { status } = await this.send('PUT', `packs/${digest}/kept`, 'application/json', body);
    if (status !== 204) throw new Error(`It was answered ${status}`);
  }

  /** Begins to bring it; more of it goes when it is told so. */
  async begin({ bytes, digest }: TestPack, from = 0): Promise<SlowUpload> {
    const { headers } = await this.headers(PACK_MEDIA_TYPE);
    const range = from === 0 ? {} : { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    const upload = request(`${this.registry.address}/api/study-registry/packs/${digest}`, {
      method: 'PUT',
      headers: { ...headers, ...range, 'content-length': bytes.length - from },
    });
    const answered = new Promise<number>((resolve) => {
      upload.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      upload.on('error', () => resolve(0));
    });
    let at = from;
    return {
      send: (to) => {
        const piece = bytes.subarray(at, to);
        at = to;
        return new Promise((sent) => upload.write(piece, () => sent()));
      },
      end: () => {
        upload.end(bytes.subarray(at));
        return answered;
      },
      kill: () => {
        upload.destroy();
      },
    };
  }

  private async send(method: string, path: string, contentType?: string, body?: Buffer): Promise<Answer> {
    const { headers } = await this.headers(contentType);
    return this.registry.ask(
      method,
      `/api/study-registry/${path}`,
      body === undefined ? { headers } : { headers, body },
    );
  }

  private async headers(contentType?: string) {
    const token = await this.registry.issuer.serviceToken({
      clientId: `gateway-${this.hospital}`,
      scopes: ['packs:write', 'gateway:read'],
      hospital: this.hospital,
    });
    const authorization = `Bearer ${token}`;
    return { headers: contentType === undefined ? { authorization } : { authorization, 'content-type': contentType } };
  }
}

export interface SlowUpload {
  /** Up to that byte of the pack. */
  send(to: number): Promise<void>;
  /** Resolves with the status. */
  end(): Promise<number>;
  kill(): void;
}

export async function outlineOf({ bytes }: TestPack): Promise<PackOutline> {
  const outline = await PackOutline.of(bytes.length, async (at, length) => bytes.subarray(at, at + length));
  if (outline === undefined) throw new Error('The pack has no pixels');
  return outline;
}

/** The same pack with one bit of it turned, under the same name. */
export function damaged(pack: TestPack, at: number): TestPack {
  const bytes = Buffer.from(pack.bytes);
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at);
  if (createHash('sha256').update(bytes).digest('hex') === pack.digest) throw new Error('Nothing is damaged');
  return { ...pack, bytes };
}
