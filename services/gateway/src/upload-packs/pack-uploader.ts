import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import { GatewayMetrics } from '../gateway.metrics.js';
import type { ProvinceAnswer, ProvinceClient } from '../province/province.client.js';
import type { RefusedPacks } from '../storage/refused-packs.store.js';
import type { SealedPack } from './pack-assembler.js';
import { PackContent } from './pack-content.js';

const PARALLEL = 2;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
const REFUSALS = new Set([409, 413, 422]);

type Outcome = 'stored' | 'again' | { readonly refused: string };

/** Brings packs to the registry, and does not give up: only an answer ends an attempt for good. */
export class PackUploader {
  private readonly logger = new Logger(PackUploader.name);
  private readonly waiting: SealedPack[] = [];
  private active = 0;
  private readonly stopping = new AbortController();

  constructor(
    private readonly hospital: string,
    private readonly province: ProvinceClient,
    private readonly refusedPacks: RefusedPacks,
    private readonly metrics: GatewayMetrics,
    /** The instances are safe elsewhere. */
    private readonly onHandedOver: (pack: SealedPack) => Promise<void>,
  ) {}

  get pending(): number {
    return this.waiting.length + this.active;
  }

  enqueue(pack: SealedPack): void {
    this.waiting.push(pack);
    while (this.active < PARALLEL && this.waiting.length > 0) void this.work();
  }

  stop(): void {
    this.stopping.abort();
  }

  private async work(): Promise<void> {
    this.active += 1;
    for (let pack = this.waiting.shift(); pack !== undefined; pack = this.waiting.shift()) await this.deliver(pack);
    this.active -= 1;
  }

  private async deliver(pack: SealedPack): Promise<void> {
    for (let attempt = 0; !this.stopping.signal.aborted; attempt += 1) {
      try {
        if (await this.attempt(pack, attempt)) return;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.metrics.uploadFailed('no-answer');
        if (attempt === 0) this.logger.warn({ err: error }, 'A pack could not be uploaded; it will be tried again');
      }
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempt, 16), LONGEST_PAUSE_MS);
      await setTimeout(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: this.stopping.signal }).catch(
        () => {},
      );
    }
  }

  /** Returns whether the pack is done with. */
  private async attempt(pack: SealedPack, attempt: number): Promise<boolean> {
    const content = await PackContent.of(pack, this.hospital);
    const outcome = await this.send(content, attempt > 0 || pack.isRecovered);
    if (outcome === 'again') return false;
    if (outcome === 'stored') {
      this.metrics.packUploaded();
      await this.onHandedOver(pack);
      return true;
    }
    if (pack.instances.length > 1) {
      // One bad instance must not hold back the others: each one tries its luck alone.
      for (const instance of pack.instances) this.waiting.push({ ...pack, instances: [instance] });
      return true;
    }
    this.logger.error({ digest: content.digest, reason: outcome.refused }, 'The registry refused a pack; it is kept');
    this.metrics.packRefused(outcome.refused);
    await this.refusedPacks.keep(content, outcome.refused);
    await this.onHandedOver(pack);
    return true;
  }

  private async send(content: PackContent, mayBeThere: boolean): Promise<Outcome> {
    const path = `/api/study-registry/packs/${content.digest}`;
    if (mayBeThere && (await this.province.head(path)).status === 200) return 'stored';
    const headers = { 'content-type': PACK_MEDIA_TYPE, 'content-length': String(content.length) };
    const answer = await this.province.put(path, headers, content.read());
    if (answer.status === 200 || answer.status === 201) return 'stored';
    const code = codeOf(answer);
    // A wrong digest is damage on the way.
    const isRefused = REFUSALS.has(answer.status) && code !== 'PACK_DIGEST_MISMATCH';
    if (isRefused || code === 'PACK_OF_ANOTHER_HOSPITAL') return { refused: code };
    this.metrics.uploadFailed(String(answer.status));
    this.logger.warn({ status: answer.status, code }, 'The registry did not take a pack; it will be tried again');
    return 'again';
  }
}

function codeOf({ status, body }: ProvinceAnswer): string {
  try {
    const problem: unknown = JSON.parse(body);
    if (typeof problem === 'object' && problem !== null && 'code' in problem) return String(problem.code);
  } catch {
    // Not a problem of ours: something between here and the registry answered.
  }
  return `HTTP_${status}`;
}
