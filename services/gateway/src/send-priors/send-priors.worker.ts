import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { NotAnsweredError } from '@yinglian/dicom';
import { Alarms } from '../alarms/alarms.js';
import { DeviceAway } from '../call-devices/device-caller.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { PriorNotGiven, type PriorOffer, PriorOffersClient } from './prior-offers.client.js';
import { DestinationFull, PriorSender } from './prior-sender.js';
import type { PriorSettings } from './prior-settings.js';

const ASK_EVERY_MS = 3_000;
const REST_MS = 10_000;
const MOST_BREAKS = 5;

/** Brings priors of patients who visit the hospital to its device, while its file says which. */
@Injectable()
export class SendPriorsWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Priors');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private lastProblem = '';
  /** Offers at which the destination broke off, and how often: others go first. */
  private readonly broken = new Map<string, number>();

  constructor(
    private readonly file: HospitalFile,
    private readonly offers: PriorOffersClient,
    private readonly sender: PriorSender,
    private readonly alarms: Alarms,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run(this.stopping.signal);
  }

  /** A study that is being sent goes on after the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.race([this.running, setTimeout(ASK_EVERY_MS, undefined, { ref: false })]);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const restMs = await this.once(signal);
      await setTimeout(restMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async once(signal: AbortSignal): Promise<number> {
    const { priors } = this.file.current;
    if (priors === undefined) {
      this.alarms.clear('PRIORS_DESTINATION_AWAY');
      return ASK_EVERY_MS;
    }
    try {
      const offers = await this.offers.open(priors);
      for (const offer of offers.toSorted((a, b) => this.breaks(a) - this.breaks(b))) {
        if (signal.aborted) return 0;
        await this.deliver(offer, priors);
      }
      this.lastProblem = '';
      return ASK_EVERY_MS;
    } catch (error) {
      if (!signal.aborted) this.say(error, priors);
      return REST_MS;
    }
  }

  private async deliver(offer: PriorOffer, { destination }: PriorSettings): Promise<void> {
    try {
      const { instances, refused, reason } = await this.sender.send(offer, destination);
      this.alarms.clear('PRIORS_DESTINATION_AWAY');
      this.broken.delete(offer.offerId);
      if (refused === 0) await this.offers.tell(offer.offerId, 'delivered', '');
      else await this.offers.tell(offer.offerId, 'failed', `${refused} of ${instances} instances: ${reason}`);
    } catch (error) {
      // The registry has closed the offer, or gives it later.
      if (error instanceof PriorNotGiven) this.logger.log(`A prior is not given: ${error.message}`);
      else if (error instanceof NotAnsweredError) await this.brokenOff(offer, error);
      else throw error;
    }
  }

  /** Some object makes it break off, or its line does: it is not tried for ever. */
  private async brokenOff(offer: PriorOffer, error: NotAnsweredError): Promise<void> {
    this.broken.set(offer.offerId, this.breaks(offer) + 1);
    if (this.breaks(offer) < MOST_BREAKS) throw error;
    this.broken.delete(offer.offerId);
    await this.offers.tell(offer.offerId, 'failed', `${MOST_BREAKS} times: ${error.message}`);
  }

  private breaks({ offerId }: PriorOffer): number {
    return this.broken.get(offerId) ?? 0;
  }

  private say(error: unknown, { destination }: PriorSettings): void {
    const problem = error instanceof Error ? error.message : String(error);
    const isDestination = [DeviceAway, DestinationFull, NotAnsweredError].some((kind) => error instanceof kind);
    if (isDestination) this.alarms.raise('PRIORS_DESTINATION_AWAY', { destination, problem });
    else if (problem !== this.lastProblem) this.logger.warn(`Priors are not fetched: ${problem}`);
    this.lastProblem = problem;
  }
}
