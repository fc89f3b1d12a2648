import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { DepartmentChangedV1, StaffChangedV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';

/** Keeps who works where with which roles, and who answers for which department, so that notices go to somebody who is there. */
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

  @ConsumeEvents(DepartmentChangedV1)
  async departments(
    @Payload() batch: readonly ReceivedEvent<typeof DepartmentChangedV1>[],
    @Ctx() { tx }: EventContext,
  ) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO known_departments (hospital, code, head, version) VALUES ($1, $2, $3, $4)
         ON CONFLICT (hospital, code) DO UPDATE SET head = excluded.head, version = excluded.version
         WHERE known_departments.version < excluded.version`,
        [data.hospital, data.code, data.head, data.version],
      );
    }
  }
}
