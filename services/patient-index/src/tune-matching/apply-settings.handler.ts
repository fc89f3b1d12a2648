import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { addSettings, type SetSettings } from '../storage/match-settings.store.js';
import { setAsideBelow } from '../storage/set-aside.store.js';
import type { NewSettings } from './proposed-settings.js';

/** Makes settings hold, from the next batch on in all processes; questions with too little evidence are set aside. */
@Injectable()
export class ApplySettingsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  execute({ baseVersion, ...asked }: NewSettings, by: PersonPrincipal, now: Date): Promise<Result<SetSettings>> {
    const set = { ...asked, version: baseVersion + 1, setBy: by.subject, setByName: by.displayName, setAt: now };
    return this.database.transaction(async (tx) => {
      if (!(await addSettings(tx, set))) return failure(problems.MATCH_SETTINGS_CHANGED);
      await setAsideBelow(tx, set.leastBits);
      const object = { kind: 'match-settings', id: String(set.version) } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(by, { action: 'matching.set', object }, now));
      return success(set);
    });
  }
}
