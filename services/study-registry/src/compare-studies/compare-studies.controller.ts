import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Uid } from '@yinglian/contracts';
import { Allow, Caller, type Principal, ProblemError } from '@yinglian/platform';
import { z } from 'zod';
import { registryProblems } from '../study-registry.errors.js';
import { CompareStudiesHandler } from './compare-studies.handler.js';

const Comparison = z.strictObject({ studies: z.array(Uid).min(1).max(500) });
type Comparison = z.output<typeof Comparison>;
const Question = z.strictObject({ study: Uid, from: z.number().int().nonnegative().default(0) });
type Question = z.output<typeof Question>;

/** Gateways compare what they handed over with what is registered. */
@Controller('api/study-registry/own-studies')
@Allow({ scopes: ['packs:write'] })
export class CompareStudiesController {
  constructor(private readonly compareStudies: CompareStudiesHandler) {}

  /**
   * Of up to 500 studies: how many instances of the caller's hospital are registered and kept aside, and the digest of the
   * registered ones. Unknown studies are left out.
   */
  @Post()
  @HttpCode(200)
  async compare(@Body({ schema: Comparison }) { studies }: Comparison, @Caller() caller: Principal) {
    return { studies: await this.compareStudies.studies(hospitalOf(caller), studies) };
  }

  /** Of one study whose digest is not what the gateway sent: its registered instances, 2,000 at a time, each with the SHA-256 of its data set. */
  @Post('instances')
  @HttpCode(200)
  instances(@Body({ schema: Question }) { study, from }: Question, @Caller() caller: Principal) {
    return this.compareStudies.instances(hospitalOf(caller), study, from);
  }
}

function hospitalOf({ hospital }: Principal): string {
  if (hospital === null) throw new ProblemError(registryProblems.GATEWAY_WITHOUT_HOSPITAL);
  return hospital;
}
