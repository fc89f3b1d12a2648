import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { PACK_MEDIA_TYPE } from '@yinglian/dicom';
import type { InstanceFate } from '../domain/instance-fate.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import type { ProvinceClient } from '../province/province.client.js';
import type { RefusedPacks } from '../storage/refused-packs.store.js';
import { SpoolReadError } from '../storage/spool-reader.js';
import type { SealedPack } from './pack-assembler.js';
import type { PackContent } from './pack-content.js';
import { PackDelivery } from './pack-delivery.js';
import { codeOf, meaningOf, type PackAnswer } from './registry-answer.js';

const PARALLEL = 4;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** What the registry says of every pack of a gateway with another hospital's credential. */
const OF_ANOTHER_HOSPITAL = 'PACK_OF_ANOTHER_HOSPITAL';
/** The disk does not give back what it was given: nobody but the sender has these bytes, and an operator is to see it. */
const DAMAGED = 'SPOOL_DAMAGED';

export interface UploadListener {
  /** Resolves when the next pack may leave. */
  turn(signal: AbortSignal): Promise<void>;
  /** These instances are about to leave together; to be durable when it resolves. */
  leaving(pack: SealedPack): Promise<void>;
  /** The instances are safe elsewhere, and what became of them is known. */
  handedOver(pack: SealedPack, fate: InstanceFate): Promise<void>;
}

/**
 * Brings packs to the registry, and does not give up: only an answer ends an attempt for good. While the province is away
 * all packs wait, and one after the other is tried; a pack that alone makes trouble holds nobody back.
 */
export class PackUploader {
  private readonly logger = new Logger(PackUploader.name);
  private readonly waiting: PackDelivery[] = [];
  private active = 0;
  private aside = 0;
  /** Attempts in a row that met no province. */
  private failures = 0;
  private readonly stopping = new AbortController();

  constructor(
    private readonly hospital: string,
    private readonly province: ProvinceClient,
    private readonly refusedPacks: RefusedPacks,
    private readonly metrics: GatewayMetrics,
    private readonly listener: UploadListener,
  ) {}

  get pending(): number {
    return this.waiting.length + this.active + this.aside;
  }

  enqueue(pack: SealedPack): void {
    this.push(new PackDelivery(pack, this.hospital, (leaving) => this.listener.leaving(leaving)));
  }

  stop(): void {
    this.stopping.abort();
  }

  private push(...deliveries: PackDelivery[]): void {
    this.waiting.push(...deliveries);
    while (this.active < PARALLEL && this.waiting.length > 0) void this.work();
  }

  private async work(): Promise<void> {
    this.active += 1;
    for (
      let delivery = this.waiting.shift();
      delivery !== undefined && !this.stopping.signal.aborted;
      delivery = this.waiting.shift()
    ) {
      await this.listener.turn(this.stopping.signal);
      await this.deliver(delivery);
    }
    this.active -= 1;
  }

  private async deliver(delivery: PackDelivery): Promise<void> {
    const answer = await this.attempt(delivery);
    if (answer !== 'away') this.failures = 0;
    if (answer === 'later') void this.setAside(delivery);
    if (answer !== 'away') return;
    // Behind the others: it may be the one that breaks connections.
    this.waiting.push(delivery);
    this.failures += 1;
    await this.pause(Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.failures - 1, 16), LONGEST_PAUSE_MS));
  }

  private async setAside(delivery: PackDelivery): Promise<void> {
    this.aside += 1;
    await this.pause(delivery.nextPauseMs());
    this.aside -= 1;
    if (!this.stopping.signal.aborted) this.push(delivery);
  }

  /** Ends early when the gateway stops. */
  private pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    return setTimeout(ms * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** Does what the answer asks for, too. Whatever the disk has to do and does not is tried again later. */
  private async attempt(delivery: PackDelivery): Promise<PackAnswer> {
    try {
      const content = await delivery.prepare();
      const answer = content.isDamaged ? { refused: DAMAGED } : await this.send(delivery, content);
      if (answer === 'stored' || answer === 'quarantined') {
        this.metrics.packUploaded();
        await this.listener.handedOver(delivery.pack, answer === 'stored' ? 'registered' : 'quarantined');
      } else if (typeof answer === 'object') {
        await this.refused(delivery, content, answer.refused);
      }
      return answer;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.logger.error({ err: error }, 'The spool does not answer');
      return 'later';
    }
  }

  private async refused(delivery: PackDelivery, content: PackContent, reason: string): Promise<void> {
    if (delivery.pack.instances.length > 1 && reason !== OF_ANOTHER_HOSPITAL) {
      this.push(...delivery.divided());
      return;
    }
    this.logger.error({ digest: content.digest, reason }, 'A pack cannot go to the registry; it is kept');
    await this.refusedPacks.keep(content, reason);
    this.metrics.packRefused(reason);
    await this.listener.handedOver(delivery.pack, 'refused');
  }

  private async send(delivery: PackDelivery, content: PackContent): Promise<PackAnswer> {
    const path = `/api/study-registry/packs/${content.digest}`;
    try {
      if (delivery.mayBeThere) {
        const { status } = await this.province.head(path);
        if (status === 200) return await this.askAgain(path);
        if (status !== 404) return this.failed('away', status);
      }
      delivery.mayBeThere = true;
      const headers = { 'content-type': PACK_MEDIA_TYPE, 'content-length': String(content.length) };
      const answer = await this.province.put(path, headers, content.read());
      const meaning = meaningOf(answer);
      return meaning === 'away' || meaning === 'later' ? this.failed(meaning, answer.status, answer.body) : meaning;
    } catch (error) {
      if (error instanceof SpoolReadError) throw error;
      if (this.stopping.signal.aborted) return 'away';
      this.metrics.uploadFailed('no-answer');
      if (this.failures === 0) this.logger.warn({ err: error }, 'A pack could not be uploaded; it will be tried again');
      return 'away';
    }
  }

  /** The registry says of a pack that it has, whatever is sent of it, what it said when the pack came. */
  private async askAgain(path: string): Promise<PackAnswer> {
    const headers = { 'content-type': PACK_MEDIA_TYPE, 'content-length': '0' };
    const answer = await this.province.put(path, headers, Readable.from([]));
    const meaning = meaningOf(answer);
    // A refusal is of the nothing that was sent, not of the pack.
    return typeof meaning === 'object' ? this.failed('later', answer.status, answer.body) : meaning;
  }

  private failed(meaning: 'away' | 'later', status: number, body = ''): PackAnswer {
    this.metrics.uploadFailed(String(status));
    this.logger.warn({ status, code: codeOf(body) }, 'The registry did not take a pack; it will be tried again');
    return meaning;
  }
}
