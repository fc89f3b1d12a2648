import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { DeedRecordedV1, ExamPriority, LocalDay, UploadDeadline } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, deedBy, type PersonPrincipal } from '@yinglian/platform';
import { z } from 'zod';
import { OwnHospital } from '../answer-for-hospitals/own-hospital.guard.js';
import { type KeptDeadline, listDeadlines, putDeadline } from '../storage/upload-deadline.store.js';

const Setting = z.strictObject({
  minutes: UploadDeadline.shape.minutes,
  source: z.string().trim().min(1).max(200).describe('Where the value comes from, for instance the number of a notice'),
});
type Setting = z.output<typeof Setting>;

/** Until when the province is to have exams. Gateways get them with their configuration. */
@Controller('api/directory/upload-deadlines')
@Allow({ roles: ['administrator'] })
export class UploadDeadlinesController {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** All that ever held, by priority and first day. */
  @Get()
  async list() {
    return { deadlines: (await listDeadlines(this.database)).map(shown) };
  }

  /** What holds for a priority from a day on, until another day is named. */
  @Put(':priority/:validFrom')
  @OwnHospital()
  async put(
    @Param('priority', { schema: ExamPriority }) priority: ExamPriority,
    @Param('validFrom', { schema: LocalDay }) validFrom: LocalDay,
    @Body({ schema: Setting }) { minutes, source }: Setting,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const object = { kind: 'deadline', id: `${priority} ${validFrom}` } as const;
    const deed = deedBy(caller, { action: 'deadline.set', object, changed: ['minutes', 'source'] }, new Date());
    await this.database.transaction(async (tx) => {
      await putDeadline(tx, { priority, validFrom, minutes }, source, caller.subject);
      await this.outbox.add(tx, DeedRecordedV1, deed);
    });
    return this.list();
  }
}

const shown = ({ revision: _, changedAt, ...deadline }: KeptDeadline) => ({
  ...deadline,
  changedAt: changedAt.toISOString(),
});
