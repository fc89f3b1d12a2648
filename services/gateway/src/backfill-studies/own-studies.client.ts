import { Inject, Injectable } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { z } from 'zod';
import { GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';

const Answer = z.object({
  studies: z.array(z.object({ studyInstanceUid: Uid, registered: z.number(), quarantined: z.number() })),
});

/** The registry takes so many at once. */
const ASKED_AT_ONCE = 500;

/** The province does not answer as it should. */
export class ProvinceAway extends Error {
  override readonly name = 'ProvinceAway';
}

/** How many instances of this hospital's studies the province has: the truth that a backfill compares with. */
@Injectable()
export class OwnStudiesClient {
  constructor(@Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation) {}

  /** Those that it does not know are left out; what a steward has to decide on counts. Rejects with a ProvinceAway. */
  async instancesOf(studyInstanceUids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const held = new Map<string, number>();
    for (let at = 0; at < studyInstanceUids.length; at += ASKED_AT_ONCE) {
      for (const { studyInstanceUid, registered, quarantined } of await this.ask(
        studyInstanceUids.slice(at, at + ASKED_AT_ONCE),
      ))
        held.set(studyInstanceUid, registered + quarantined);
    }
    return held;
  }

  private async ask(studies: readonly string[]) {
    try {
      const { status, body } = await this.foundation.province.sendJson('POST', '/api/study-registry/own-studies', {
        studies,
      });
      if (status !== 200) throw new Error(`The registry answers ${status}`);
      return Answer.parse(JSON.parse(body)).studies;
    } catch (error) {
      throw new ProvinceAway('What the province has is not known', { cause: error });
    }
  }
}
