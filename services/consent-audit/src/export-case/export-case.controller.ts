import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, failure, type PersonPrincipal, success, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { consentAuditProblems as problems } from '../consent-audit.errors.js';
import { provenRecords } from '../prove-records/proven-records.js';
import { toldKeys } from '../prove-records/told-keys.js';
import { LOG_KEYS, type LogKeyFile } from '../seal-log/log-keys.js';
import { entriesOf, findCase } from '../storage/case.store.js';
import { recordsOfCase } from '../storage/case-records.js';

/** A case to take away: for who has to be shown that its records are what was sealed. */
@Controller('api/consent-audit/cases/:caseId/export')
@Allow({ roles: Role.options })
export class ExportCaseController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    @Inject(LOG_KEYS) private readonly keyFile: LogKeyFile,
  ) {}

  /** The case and its entries, and each of its records with a proof that leads to a signed checkpoint. 404 LOG_NOT_SEALED within a second of the last. */
  @Get()
  @Header('cache-control', 'no-store')
  async export(@Param('caseId', { schema: z.uuid() }) caseId: string, @CallingPerson() caller: PersonPrincipal) {
    const known = await findCase(this.database, caseId);
    const asked = { personId: known?.personId ?? null, studyInstanceUid: null, ownerHospital: null };
    unwrap(
      await this.access.authorize({ actor: actorOf(caller), action: 'audit.export', ...asked }, { query: ['case'] }),
    );
    const found = unwrap(known === undefined ? failure(problems.CASE_NOT_FOUND) : success(known));
    const accessIds = (await recordsOfCase(this.database, caseId)).map(({ accessId }) => accessId);
    const proven = unwrap(await provenRecords(this.database, accessIds));
    const told = await toldKeys(this.database, this.keyFile);
    return { ...told, ...proven, case: { ...found, entries: await entriesOf(this.database, caseId) } };
  }
}
