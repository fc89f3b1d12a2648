import { Inject, Injectable } from '@nestjs/common';
import { DeviceBook } from '../admit-devices/device-book.js';
import { ForwardInstances } from '../forward-instances/forward-instances.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from '../gateway.tokens.js';
import type { GatewayFoundation } from '../gateway-foundation.js';
import { ListedJoinStore } from '../storage/listed-join.store.js';
import { ReadMessageStatusHandler } from '../watch-messages/read-message-status.handler.js';
import { arrivingStudies, waiting } from './arriving-studies.js';
import { deviceStatus } from './device-status.js';
import type { GatewayStatus, JoinStatus, RefusedPackList } from './gateway-status.js';
import { linkStatus } from './link-status.js';

const MOST_PACKS = 100;
const MOST_JOINS = 1_000;

/** Reads how the gateway is, from memory and indexes of the ledger: it is asked every other second. */
@Injectable()
export class ShowStatusHandler {
  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
    private readonly forward: ForwardInstances,
    private readonly devices: DeviceBook,
    private readonly messages: ReadMessageStatusHandler,
  ) {}

  execute(now: Date): GatewayStatus {
    const { alarms, configuration, links } = this.foundation;
    const { spool, studies, pendingPacks } = this.forward;
    const { current } = configuration;
    const followed = studies.list();
    return {
      at: now.toISOString(),
      hospital: { code: this.config.HOSPITAL, name: current?.name ?? null, aeTitle: current?.aeTitle ?? null },
      alarms: alarms.list(),
      arriving: arrivingStudies(followed),
      queue: { ...waiting(followed), bytes: spool.sizeBytes, packs: pendingPacks, hasRoom: spool.hasRoom },
      links: links.list().map(linkStatus),
      messages: this.messages.execute(now),
      joins: this.joins(),
      devices: deviceStatus({
        listed: current?.callingAeTitles ?? [],
        described: this.devices.list(),
        sightings: this.devices.sightings.list(),
      }),
      refusedPacks: this.refusedPacks(),
    };
  }

  private joins(): JoinStatus {
    const listed = new ListedJoinStore(this.foundation.ledger);
    return { undecided: listed.count('undecided', MOST_JOINS), decided: listed.count('decided', MOST_JOINS) };
  }

  private refusedPacks(): RefusedPackList {
    const packs = this.forward.refused.list().sort((one, other) => other.refusedAt.localeCompare(one.refusedAt));
    return { total: packs.length, packs: packs.slice(0, MOST_PACKS) };
  }
}
