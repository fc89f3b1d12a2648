import { setTimeout } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import { WindowClosed } from '../shape-uploads/upload-lanes.js';
import { DocumentStore, type WaitingDocument } from '../storage/document.store.js';
import { streamOf } from '../upload-packs/pack-content.js';
import type { UploadLink } from '../upload-packs/upload-link.js';

const LOOK_EVERY_MS = 1_000;
const PIECE_BYTES = 64 * 1024;

/** Brings the documents of reports to the province over the same lines as images, one after the other, and does not give up. */
@Injectable()
export class DocumentUploader implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DocumentUploader.name);
  private readonly stopping = new AbortController();
  private working: Promise<void> = Promise.resolve();
  /** The last that was tried: one that is not taken lets the others pass. */
  private last = '';

  constructor(
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
    private readonly documents: DocumentStore,
  ) {}

  onApplicationBootstrap(): void {
    this.working = this.work(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const link = this.foundation.links.freeFor('routine');
      const document = link === undefined ? undefined : this.documents.next(this.last);
      const isTaken =
        link !== undefined && document !== undefined && (await this.tryToSend(document, link).catch(this.logProblem));
      if (isTaken !== true) await setTimeout(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async tryToSend(document: WaitingDocument, link: UploadLink): Promise<boolean> {
    const { digest } = document;
    this.last = digest;
    let isTaken = false;
    await link.occupy('routine', async () => {
      isTaken = await this.send(document, link);
    });
    if (isTaken) this.documents.uploaded(digest, new Date().toISOString());
    return isTaken;
  }

  private async send({ digest, bytes }: WaitingDocument, link: UploadLink): Promise<boolean> {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) };
    const body = streamOf(link.pace(piecesOf(Buffer.from(bytes)), 'routine', this.stopping.signal));
    try {
      const { status } = await link.province.put(`/api/study-registry/documents/${digest}`, headers, body);
      if (status === 200 || status === 201) {
        link.succeeded();
        return true;
      }
      this.logger.warn({ status, link: link.name }, 'A document was not taken; it will be tried again');
    } catch (error) {
      if (error instanceof WindowClosed || this.stopping.signal.aborted) return false;
      link.failed('NO_ANSWER');
      this.logger.warn({ err: error, link: link.name }, 'A document could not be uploaded; it will be tried again');
    }
    return false;
  }

  private readonly logProblem = (error: unknown) => {
    this.logger.error({ err: error }, 'The ledger does not answer');
  };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
