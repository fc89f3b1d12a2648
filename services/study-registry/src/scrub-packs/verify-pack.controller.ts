import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Sha256 } from '@yinglian/contracts';
import { Allow, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { PLACES, type Place } from '../domain/kept-object.js';
import { VerifyNow } from './verify-now.js';

@Controller('api/study-registry/scrub')
@Allow({ roles: ['administrator'] })
export class VerifyPackController {
  constructor(private readonly verifyNow: VerifyNow) {}

  /** Reads a pack and its commit in each store now, heals what is damaged, and says whether each is sound in the end. */
  @Post('packs/:digest')
  @HttpCode(200)
  async verify(@Param('digest', { schema: Sha256 }) digest: string) {
    return unwrap(await this.verifyNow.execute(digest));
  }

  /** When a pack was read last at the latest in the course of all, store by store; null when it never was. */
  @Get('packs/:digest')
  async show(@Param('digest', { schema: Sha256 }) digest: string) {
    return unwrap(await this.verifyNow.show(digest));
  }

  /** A store that was replaced on purpose is the one from now on; what it lacks is healed. */
  @Post('places/:place/accept')
  @HttpCode(204)
  async accept(@Param('place', { schema: z.enum(PLACES) }) place: Place): Promise<void> {
    unwrap(await this.verifyNow.accept(place));
  }
}
