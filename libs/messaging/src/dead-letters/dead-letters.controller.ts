import { Controller, Delete, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { Allow, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { type DeadLetter, listLetters } from './dead-letter.store.js';
import { ReplayDeadLettersHandler, type Replayed } from './replay-dead-letters.handler.js';

const LetterId = z.string().regex(/^[0-9]{1,18}$/);
const Page = z.object({
  after: LetterId.default('0').describe('The last id of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** The ways in to a service's dead letters, at /api/<service>/dead-letters. Contents are never shown: they may be patient data. */
export function deadLettersControllerOf(service: string): Type {
  @Controller(`api/${service}/dead-letters`)
  @Allow({ roles: ['administrator'] })
  class DeadLettersController {
    constructor(
      private readonly database: Database,
      private readonly letters: ReplayDeadLettersHandler,
    ) {}

    /** Dead and parked letters, oldest first. */
    @Get()
    async list(@Query({ schema: Page }) page: z.output<typeof Page>): Promise<{ deadLetters: DeadLetter[] }> {
      return { deadLetters: await listLetters(this.database, page.after, page.limit) };
    }

    /** Applies the letter and all others of its key again, in order, until one fails. */
    @Post(':id/replay')
    @HttpCode(200)
    async replay(@Param('id', { schema: LetterId }) id: string): Promise<Replayed> {
      return unwrap(await this.letters.replay(id));
    }

    /** Gives the letter up for good and replays what waited behind it. */
    @Delete(':id')
    async discard(@Param('id', { schema: LetterId }) id: string): Promise<Replayed> {
      return unwrap(await this.letters.discard(id));
    }
  }
  return DeadLettersController;
}
