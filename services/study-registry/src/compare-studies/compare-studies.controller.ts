import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, ProblemError } from '@yinglian/platform';
import { z } from 'zod';
import { ownStudies } from '../storage/own-study.store.js';
import { registryProblems } from '../study-registry.errors.js';

const Comparison = z.strictObject({ studies: z.array(Uid).min(1).max(500) });
type Comparison = z.output<typeof Comparison>;

/** Gateways compare what they handed over with what is registered. */
@Controller('api/study-registry/own-studies')
@Allow({ scopes: ['packs:write'] })
export class CompareStudiesController {
  constructor(private readonly database: Database) {}

  /** Of up to 500 studies: how many instances of the caller's hospital are registered and kept aside. Unknown ones are left out. */
  @Post()
  @HttpCode(200)
  async compare(@Body({ schema: Comparison }) { studies }: Comparison, @Caller() { hospital }: Principal) {
    if (hospital === null) throw new ProblemError(registryProblems.GATEWAY_WITHOUT_HOSPITAL);
    return { studies: await ownStudies(this.database, hospital, studies) };
  }
}
