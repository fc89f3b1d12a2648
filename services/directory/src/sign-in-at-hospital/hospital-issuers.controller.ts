import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { HospitalCode } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { OwnHospital } from '../answer-for-hospitals/own-hospital.guard.js';
import { directoryProblems } from '../directory.errors.js';
import { SIGN_IN_SETTINGS, type SignInSettings } from '../sign-in/sign-in.settings.js';
import { findHospital } from '../storage/hospital.store.js';
import { deleteIssuer, findIssuer, putIssuer } from '../storage/hospital-issuer.store.js';
import { violatedConstraint } from '../storage/violated-constraint.js';
import { HospitalProvider } from './hospital-provider.js';
import { HOSPITAL_REDIRECT } from './hospital-redirect.js';

const IssuerSetting = z.strictObject({
  issuer: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .describe('As its discovery document names it (OpenID Connect Discovery section 4)'),
  clientId: z.string().trim().min(1).max(200).describe('What the province is called there'),
});

/** Where a hospital's staff may sign in: its own OpenID provider. */
@Controller('api/directory/hospitals/:hospital/sign-in')
@Allow({ roles: ['administrator'] })
@OwnHospital()
export class HospitalIssuersController {
  constructor(
    private readonly database: Database,
    private readonly provider: HospitalProvider,
    @Inject(SIGN_IN_SETTINGS) private readonly settings: SignInSettings,
  ) {}

  /** The provider, null where there is none; and what it is to know of the province. */
  @Get()
  async read(@Param('hospital', { schema: HospitalCode }) hospital: HospitalCode) {
    const found = await findIssuer(this.database, hospital);
    return {
      provider: found === undefined ? null : { issuer: found.issuer, clientId: found.clientId },
      redirectUri: this.settings.publicUrl + HOSPITAL_REDIRECT,
      jwksUri: `${this.settings.publicUrl}/oidc/jwks`,
    };
  }

  /** Asked at once whether it answers: 422 HOSPITAL_PROVIDER_AWAY. */
  @Put()
  async put(
    @Param('hospital', { schema: HospitalCode }) hospital: HospitalCode,
    @Body({ schema: IssuerSetting }) setting: z.output<typeof IssuerSetting>,
    @CallingPerson() { subject }: PersonPrincipal,
  ) {
    if ((await findHospital(this.database, hospital)) === undefined)
      unwrap(failure(directoryProblems.HOSPITAL_NOT_FOUND));
    const issuer = { hospital, ...setting };
    // A province on http is one to try things in.
    const isSafe = setting.issuer.startsWith('https:') || this.settings.publicUrl.startsWith('http:');
    if (!isSafe || !(await this.provider.answers(issuer))) unwrap(failure(directoryProblems.HOSPITAL_PROVIDER_AWAY));
    await putIssuer(this.database, issuer, subject).catch((error: unknown) => {
      if (violatedConstraint(error) !== 'hospital_issuers_issuer') throw error;
      unwrap(failure(directoryProblems.ISSUER_TAKEN));
    });
    return this.read(hospital);
  }

  @Delete()
  @HttpCode(204)
  async remove(@Param('hospital', { schema: HospitalCode }) hospital: HospitalCode) {
    await deleteIssuer(this.database, hospital);
  }
}
