import { Readable } from 'node:stream';
import { Controller, Get, Inject, StreamableFile } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import { Role } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, isPerson, type Principal, platformProblems, unwrap } from '@yinglian/platform';
import { toldKeys } from '../prove-records/told-keys.js';
import { LOG_KEYS, type LogKeyFile } from '../seal-log/log-keys.js';
import { exportLines } from './export-lines.js';

const NOTHING_IN_PARTICULAR = { personId: null, studyInstanceUid: null, ownerHospital: null };

/** The whole audit log as far as it is sealed, to be verified offline (`yinglian verify-audit`). */
@Controller('api/consent-audit/log/export')
export class ExportLogController {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    @Inject(LOG_KEYS) private readonly keyFile: LogKeyFile,
  ) {}

  /** A line of JSON each: header, checkpoints, and the records behind the hashes that were sealed of them; the last one says `end`. */
  @Get()
  @Allow({ roles: Role.options })
  async export(@Caller() caller: Principal): Promise<StreamableFile> {
    if (!isPerson(caller)) return unwrap(failure(platformProblems.ROLE_NOT_ALLOWED));
    unwrap(
      await this.access.authorize({ actor: actorOf(caller), action: 'audit.export', ...NOTHING_IN_PARTICULAR }, {}),
    );
    const told = await toldKeys(this.database, this.keyFile);
    return new StreamableFile(Readable.from(exportLines(this.database, told, new Date()), { objectMode: false }), {
      type: 'application/x-ndjson',
      disposition: 'attachment; filename="audit-log.ndjson"',
    });
  }
}
