import { Controller, Get, Header, Query } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal } from '@yinglian/platform';
import { z } from 'zod';
import { StudyChangeStore, type ToldChange } from '../storage/study-change.store.js';
import { NumberChanges } from './number-changes.js';

const Asked = z
  .strictObject({
    since: z.coerce
      .number()
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('`next` of the answer before'),
    from: z.iso.datetime({ offset: true }).optional().describe('What was told at this instant or later'),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
  })
  .refine(({ since, from }) => since === undefined || from === undefined, 'Either since or from');
type Asked = z.output<typeof Asked>;

/** What became of studies, for programs that keep up with them: of all hospitals, or of the one that the program belongs to. */
@Controller('api/study-registry/changes')
@Allow({ scopes: ['changes:read'] })
export class TellChangesController {
  constructor(
    private readonly database: Database,
    private readonly numberChanges: NumberChanges,
  ) {}

  /**
   * A page of changes in the order of their numbers, from the first one unless told: it is empty when nothing is new. Ask again with
   * `since` = `next`. Programs of hospitals see studies that their hospital made; numbers of the others are missing there.
   */
  @Get()
  @Header('cache-control', 'no-store')
  async tell(@Query({ schema: Asked }) { since, from, limit }: Asked, @Caller() { hospital }: Principal) {
    await this.numberChanges.execute();
    const store = new StudyChangeStore(this.database);
    const after = from === undefined ? (since ?? 0) : await store.before(new Date(from));
    const changes = await store.after(after, hospital, limit + 1);
    const page = changes.slice(0, limit);
    return { changes: page.map(told), next: page.at(-1)?.sequence ?? after, more: changes.length > limit };
  }
}

const told = ({ toldAt, changedAt, ...change }: ToldChange) => ({
  ...change,
  changedAt: changedAt.toISOString(),
  toldAt: toldAt.toISOString(),
});
