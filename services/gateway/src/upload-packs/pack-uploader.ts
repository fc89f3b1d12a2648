import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NamedBytes } from '@yinglian/dicom';
import type { InstanceFate } from '../domain/instance-fate.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import type { Lane } from '../shape-uploads/upload-lanes.js';
import type { RefusedPacks } from '../storage/refused-packs.store.js';
import type { SealedPack } from './pack-assembler.js';
import type { PackContent } from './pack-content.js';
import { PackDelivery } from './pack-delivery.js';
import { PackSender, type SendOutcome } from './pack-sender.js';
import { fatesOf } from './registry-answer.js';
import type { UploadLink } from './upload-link.js';
import type { UploadLinks } from './upload-links.js';
import { UploadQueue } from './upload-queue.js';
import type { UrgentStudies } from './urgent-studies.js';

const LANES: readonly Lane[] = ['urgent', 'routine'];
/** How soon it is seen that a link has rested or its window has opened. */
const LOOK_EVERY_MS = 100;
/** What the registry says of every pack of a gateway with another hospital's credential. */
const OF_ANOTHER_HOSPITAL = 'PACK_OF_ANOTHER_HOSPITAL';
/** The disk does not give back what it was given: nobody but the sender has these bytes, and an operator is to see it. */
const DAMAGED = 'SPOOL_DAMAGED';

export interface UploadListener {
  /** Resolves when the next pack may leave. */
  turn(signal: AbortSignal): Promise<void>;
  /** When the first instance of the study came. */
  waitingSince(studyInstanceUid: string): string | undefined;
  /** These instances are about to leave together; to be durable when it resolves. */
  leaving(pack: SealedPack): Promise<void>;
  /** The instances are safe elsewhere, and what became of each is known; `sent` is what the registry has taken. */
  handedOver(pack: SealedPack, fates: readonly InstanceFate[], sent: readonly NamedBytes[]): Promise<void>;
}

/**
 * Brings packs to the registry, and does not give up: only an answer ends an attempt for good. While the province is away
 * all packs wait, and one at a time is tried on each link; a pack that alone makes trouble holds nobody back.
 */
export class PackUploader {
  private readonly logger = new Logger(PackUploader.name);
  private readonly queue: UploadQueue<PackDelivery>;
  private readonly stopping = new AbortController();
  private readonly sender: PackSender;
  private readonly looking: NodeJS.Timeout;
  private active = 0;
  private aside = 0;

  constructor(
    private readonly hospital: string,
    private readonly links: UploadLinks,
    private readonly refusedPacks: RefusedPacks,
    urgent: UrgentStudies,
    private readonly metrics: GatewayMetrics,
    private readonly listener: UploadListener,
  ) {
    this.sender = new PackSender(metrics, this.stopping.signal);
    this.queue = new UploadQueue((study) => urgent.has(study));
    urgent.onMarked((study) => {
      this.queue.promote(study);
      this.dispatch();
    });
    this.looking = setInterval(() => {
      links.probe();
      this.dispatch();
    }, LOOK_EVERY_MS).unref();
  }

  get pending(): number {
    return this.queue.size + this.active + this.aside;
  }

  enqueue(pack: SealedPack): void {
    const since = this.listener.waitingSince(pack.studyInstanceUid) ?? new Date().toISOString();
    this.push(new PackDelivery(pack, since, this.hospital, (leaving) => this.listener.leaving(leaving)));
  }

  /** Resolves when the links are closed: what is under way goes on after the next start. */
  async stop(): Promise<void> {
    clearInterval(this.looking);
    this.stopping.abort();
    await this.links.close();
  }

  private push(...deliveries: PackDelivery[]): void {
    for (const delivery of deliveries) this.queue.add(delivery);
    this.dispatch();
  }

  private dispatch(): void {
    if (this.stopping.signal.aborted) return;
    for (const lane of LANES) {
      while (this.queue.has(lane)) {
        const link = this.links.freeFor(lane);
        if (link === undefined) break;
        const delivery = this.queue.take(lane);
        if (delivery !== undefined) void this.work(delivery, link, lane);
      }
    }
  }

  private async work(delivery: PackDelivery, link: UploadLink, lane: Lane): Promise<void> {
    this.active += 1;
    await link.occupy(lane, async () => {
      await this.listener.turn(this.stopping.signal);
      if (!this.stopping.signal.aborted) await this.deliver(delivery, link, lane);
    });
    this.active -= 1;
    this.dispatch();
  }

  private async deliver(delivery: PackDelivery, link: UploadLink, lane: Lane): Promise<void> {
    const outcome = await this.attempt(delivery, link, lane);
    if (outcome === 'later') void this.setAside(delivery);
    if (outcome === 'away') delivery.failures += 1;
    if (outcome === 'away' || outcome === 'closed') this.queue.add(delivery);
  }

  private async setAside(delivery: PackDelivery): Promise<void> {
    this.aside += 1;
    await this.pause(delivery.nextPauseMs());
    this.aside -= 1;
    this.push(delivery);
  }

  /** Ends early when the gateway stops. */
  private pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    return setTimeout(ms * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => undefined);
  }

  /** Does what the answer asks for, too. Whatever the disk has to do and does not is tried again later. */
  private async attempt(delivery: PackDelivery, link: UploadLink, lane: Lane): Promise<SendOutcome> {
    try {
      const content = await delivery.prepare();
      const outcome = content.isDamaged ? { refused: DAMAGED } : await this.sender.send(delivery, content, link, lane);
      if (typeof outcome === 'string') return outcome;
      if ('refused' in outcome) {
        await this.refused(delivery, content, outcome.refused);
      } else {
        this.metrics.packUploaded();
        const { pack } = delivery;
        await this.listener.handedOver(pack, fatesOf(outcome, pack.instances.length), content.named);
      }
      return outcome;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.logger.error({ err: error }, 'The spool does not answer');
      return 'later';
    }
  }

  private async refused(delivery: PackDelivery, content: PackContent, reason: string): Promise<void> {
    const { instances } = delivery.pack;
    if (instances.length > 1 && reason !== OF_ANOTHER_HOSPITAL) {
      this.push(...delivery.divided());
      return;
    }
    this.logger.error({ digest: content.digest, reason }, 'A pack cannot go to the registry; it is kept');
    await this.refusedPacks.keep(content, reason);
    this.metrics.packRefused(reason);
    await this.listener.handedOver(
      delivery.pack,
      instances.map(() => 'refused'),
      [],
    );
  }
}
