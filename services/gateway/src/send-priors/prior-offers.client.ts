import { Inject, Injectable } from '@nestjs/common';
import { HospitalCode, Uid } from '@yinglian/contracts';
import { z } from 'zod';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import type { PriorSettings } from './prior-settings.js';

const PriorOffer = z.object({
  offerId: z.uuid(),
  studyInstanceUid: Uid,
  ownerHospital: HospitalCode,
  patient: z.object({ issuer: z.string(), id: z.string() }),
});
export type PriorOffer = z.infer<typeof PriorOffer>;
const Offers = z.object({ offers: z.array(PriorOffer) });

const PriorInstance = z.object({
  seriesInstanceUid: Uid,
  sopClassUid: z.string(),
  sopInstanceUid: Uid,
  transferSyntaxUid: z.string(),
  dataSetOffset: z.number().int().positive(),
});
export type PriorInstance = z.infer<typeof PriorInstance>;
const Instances = z.object({ instances: z.array(PriorInstance) });

/** The registry does not give what it offered: it was taken back, or is not there now. */
export class PriorNotGiven extends Error {
  override readonly name = 'PriorNotGiven';
}

/** Asks the registry for priors, and gets what it offers. Everything rejects when the province does not answer. */
@Injectable()
export class PriorOffersClient {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
  ) {}

  async open({ years, maximumStudies, modalities }: PriorSettings): Promise<readonly PriorOffer[]> {
    const path = `/api/study-registry/hospitals/${this.config.HOSPITAL}/prior-offers`;
    const { status, body } = await this.foundation.province.sendJson('POST', path, {
      years,
      maximumStudies,
      modalities,
    });
    if (status !== 200) throw new Error(`The registry answers ${status}`);
    return Offers.parse(JSON.parse(body)).offers;
  }

  /** Rejects with a PriorNotGiven. */
  async instances(offerId: string): Promise<readonly PriorInstance[]> {
    const { status, body } = await this.foundation.province.get(
      `/api/study-registry/prior-offers/${offerId}/instances`,
    );
    if (status !== 200) throw new PriorNotGiven(`The registry answers ${status}`);
    return Instances.parse(JSON.parse(body)).instances;
  }

  /** The data set of an instance, as it comes. Rejects with a PriorNotGiven. */
  async *dataSet(offerId: string, instance: PriorInstance): AsyncGenerator<Buffer> {
    const { seriesInstanceUid, sopInstanceUid, dataSetOffset } = instance;
    const path = `/api/study-registry/prior-offers/${offerId}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
    const { status, body } = await this.foundation.province.stream(path);
    if (status !== 200) {
      body.destroy();
      throw new PriorNotGiven(`The registry answers ${status}`);
    }
    let before = dataSetOffset;
    for await (const piece of body) {
      const bytes = z.instanceof(Buffer).parse(piece);
      if (before < bytes.length) yield bytes.subarray(before);
      before = Math.max(0, before - bytes.length);
    }
  }

  async tell(offerId: string, outcome: 'delivered' | 'failed', reason: string): Promise<void> {
    const path = `/api/study-registry/prior-offers/${offerId}/outcome`;
    const { status } = await this.foundation.province.sendJson('PUT', path, { outcome, reason: reason.slice(0, 200) });
    if (status !== 204 && status !== 404) throw new Error(`The registry answers ${status}`);
  }
}
