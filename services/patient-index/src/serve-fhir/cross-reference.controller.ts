import { Body, Controller, Get, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { AccessDecisionPoint, anyActorOf } from '@yinglian/access';
import { type Parameters, readToken, SpeakFhir, searchProblems } from '@yinglian/fhir';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { type CrossReference, CrossReferenceHandler } from './cross-reference.handler.js';
import { IdentifierBody } from './patient-body.js';

const Systems = z.union([z.string().max(256), z.array(z.string().max(256)).max(16)]).optional();
const Query83 = z.object({ sourceIdentifier: z.string().max(512), targetSystem: Systems });
type Query83 = z.infer<typeof Query83>;

const Body83 = z.object({
  resourceType: z.literal('Parameters'),
  parameter: z
    .array(
      z.object({
        name: z.string().max(64),
        valueIdentifier: IdentifierBody.optional(),
        valueString: z.string().max(512).optional(),
        valueUri: z.string().max(256).optional(),
      }),
    )
    .max(32),
});
type Body83 = z.infer<typeof Body83>;

/** Patient Identifier Cross-reference for Mobile (ITI-83). By POST the identifier stays out of the address. */
@Controller('fhir/Patient/$ihe-pix')
@UseInterceptors(SpeakFhir)
@Allow({ roles: ['clinician', 'steward'], scopes: ['persons:read'] })
export class CrossReferenceController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly crossReference: CrossReferenceHandler,
  ) {}

  @Get()
  byAddress(@Query({ schema: Query83 }) { sourceIdentifier, targetSystem }: Query83, @Caller() caller: Principal) {
    const { system, code } = readToken(sourceIdentifier);
    return this.answer(system, code, [targetSystem ?? []].flat(), caller);
  }

  @Post()
  @HttpCode(200)
  byBody(@Body({ schema: Body83 }) { parameter }: Body83, @Caller() caller: Principal) {
    const sources = parameter.filter(({ name }) => name === 'sourceIdentifier');
    const [source] = sources;
    const token = readToken(source?.valueString ?? '');
    const { system = token.system, value = token.code } = source?.valueIdentifier ?? {};
    const targets = parameter.filter(({ name }) => name === 'targetSystem');
    const systems = targets.flatMap(({ valueUri, valueString }) => valueUri ?? valueString ?? []);
    return this.answer(system, sources.length === 1 ? value : null, systems, caller);
  }

  private async answer(
    system: string | null,
    value: string | null,
    targetSystems: readonly string[],
    caller: Principal,
  ): Promise<Parameters> {
    if (system === null || value === null || value === '') {
      return unwrap(
        failure(searchProblems.PARAMETER_INVALID, 'sourceIdentifier needs one system and one value: system|value'),
      );
    }
    const asked: CrossReference = { system, value, targetSystems };
    const query = ['sourceIdentifier', ...(targetSystems.length === 0 ? [] : ['targetSystem'])];
    const request = { action: 'person.search', personId: null, studyInstanceUid: null, ownerHospital: null } as const;
    unwrap(await this.access.authorize({ ...request, actor: anyActorOf(caller) }, { query }));
    const { identifiers, personId } = unwrap(await this.crossReference.execute(asked, new Date()));
    const isOfPersons = targetSystems.length === 0 || identifiers.length > 0;
    const parameter = [
      ...identifiers.map((valueIdentifier) => ({ name: 'targetIdentifier', valueIdentifier })),
      ...(isOfPersons ? [{ name: 'targetId', valueReference: { reference: `Patient/${personId}` } }] : []),
    ];
    return { resourceType: 'Parameters', ...(parameter.length === 0 ? {} : { parameter }) };
  }
}
