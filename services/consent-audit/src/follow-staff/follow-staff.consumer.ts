import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { StaffChangedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';

/** Keeps who works where with which roles, so that notices go to somebody who is there. */
@Controller()
export class FollowStaffConsumer {
  @ConsumeEvents(StaffChangedV1)
  async changed(@Payload() batch: readonly ReceivedEvent<typeof StaffChangedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO known_staff (subject, hospital, roles, active, version) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (subject) DO UPDATE SET hospital = excluded.hospital, roles = excluded.roles, active = excluded.active,
           version = excluded.version
         WHERE known_staff.version < excluded.version`,
        [data.subject, data.hospital, data.roles, data.active, data.version],
      );
    }
  }
}
