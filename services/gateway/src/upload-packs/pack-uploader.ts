import { setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { GatewayMetrics } from '../gateway.metrics.js';
import type { Lane } from '../shape-uploads/upload-lanes.js';
import { PackDelivery } from './pack-delivery.js';
import { PackSender, type SendOutcome } from './pack-sender.js';
import type { Parcel } from './parcel.js';
import type { UploadLink } from './upload-link.js';
import type { UploadLinks } from './upload-links.js';
import { UploadQueue } from './upload-queue.js';
import type { UrgentStudies } from './urgent-studies.js';

const LANES: readonly Lane[] = ['urgent', 'routine'];
/** How soon it is seen that a link has rested or its window has opened. */
const LOOK_EVERY_MS = 100;
/** The disk does not give back what it was given: nobody but the sender has these bytes, and an operator is to see it. */
export const DAMAGED = 'SPOOL_DAMAGED';

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

  /** @param turn resolves when the next pack may leave */
  constructor(
    private readonly links: UploadLinks,
    urgent: UrgentStudies,
    private readonly metrics: GatewayMetrics,
    private readonly turn: (signal: AbortSignal) => Promise<void>,
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

  enqueue(parcel: Parcel): void {
    this.push(new PackDelivery(parcel));
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
      await this.turn(this.stopping.signal);
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
      this.push(...(await delivery.settled(outcome, content)));
      if (!('refused' in outcome)) this.metrics.packUploaded();
      return outcome;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.logger.error({ err: error }, 'The spool does not answer');
      return 'later';
    }
  }
}
