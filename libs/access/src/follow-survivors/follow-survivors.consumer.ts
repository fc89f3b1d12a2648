import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PersonsMergedV1, PersonsSplitV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { keepSurvivor, type Survivor } from '../storage/person-groups.js';
import { SURVIVOR_FOLLOWER, type SurvivorFollower } from './survivor-follower.js';

/** Keeps this service's copy of which persons are one. */
@Controller()
export class FollowSurvivorsConsumer {
  constructor(@Inject(SURVIVOR_FOLLOWER) private readonly host: SurvivorFollower) {}

  @ConsumeEvents(PersonsMergedV1)
  async merged(@Payload() batch: readonly ReceivedEvent<typeof PersonsMergedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      const { personId, survivorPersonId: survivorId, version } = data;
      await this.follow(tx, { personId, survivorId, version }, data.mergedAt);
    }
  }

  @ConsumeEvents(PersonsSplitV1)
  async split(@Payload() batch: readonly ReceivedEvent<typeof PersonsSplitV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      const { personId, version } = data;
      await this.follow(tx, { personId, survivorId: null, version }, data.splitAt);
    }
  }

  private async follow(tx: Sql, survivor: Survivor, at: string): Promise<void> {
    const isNews = await keepSurvivor(tx, survivor);
    await this.host.survivorTold(tx, { ...survivor, at, isNews });
  }
}
