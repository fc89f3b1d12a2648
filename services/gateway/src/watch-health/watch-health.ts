import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import { GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';

const LOOK_EVERY_MS = 1_000;

/** Looks every second at what can be wrong of the spool, of what was refused and of the links, and raises and clears their alarms. */
@Injectable()
export class WatchHealth implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
    private readonly forward: ForwardInstances,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { alarms, links } = this.foundation;
    const { spool, refused } = this.forward;
    const { isFilling, hasRoom, usedPercent, hoursLeft, damagedSegments } = spool.state;
    const filling = hoursLeft === undefined ? { usedPercent } : { usedPercent, hoursLeft };
    alarms.set('SPOOL_FILLING', isFilling && hasRoom, filling);
    alarms.set('SPOOL_FULL', !hasRoom, { usedPercent });
    const damaged = refused.list().filter(({ reason }) => reason === 'SPOOL_DAMAGED').length;
    const refusedPacks = refused.count - damaged;
    alarms.set('SPOOL_DAMAGED', damagedSegments + damaged > 0, { segments: damagedSegments, packs: damaged });
    alarms.set('PACKS_REFUSED', refusedPacks > 0, { packs: refusedPacks });
    const down = links.list().filter(({ state }) => state === 'down');
    alarms.set('LINK_DOWN', down.length > 0, { links: down.map(({ name }) => name).join(', ') });
  }
}
