import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { compareFields, type Evidence, termsInCommon, weighFields } from '../domain/evidence/weigh.js';
import { modelOf } from '../domain/match-settings.js';
import { recordsOf } from '../storage/candidate-record.store.js';
import { NameCountStore } from '../storage/name-count.store.js';
import type { StoredRecord } from '../storage/record.store.js';
import { SettingsInForce } from '../tune-matching/settings-in-force.js';

/** Explains to a steward how strongly records speak for one person, as it would be weighed now. */
@Injectable()
export class WeighRecords {
  constructor(
    private readonly database: Database,
    private readonly nameCounts: NameCountStore,
    private readonly settings: SettingsInForce,
  ) {}

  /** By the patientNo of the others; those that nobody has described are left out. */
  async beside(
    asked: StoredRecord | undefined,
    others: readonly StoredRecord[],
    now: Date,
  ): Promise<ReadonlyMap<string, Evidence>> {
    if (asked === undefined) return new Map();
    const nos = [asked, ...others].map(({ patientNo }) => patientNo);
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    const known = await recordsOf(this.database, nos, today);
    const own = known.get(asked.patientNo);
    if (own === undefined) return new Map();
    const compared = [...known]
      .filter(([patientNo]) => patientNo !== asked.patientNo)
      .map(([patientNo, record]) => [patientNo, compareFields(own, record)] as const);
    const terms = compared.flatMap(([, fields]) => termsInCommon(fields));
    const frequencyOf = await this.nameCounts.frequenciesOf(this.database, terms, now);
    const model = modelOf(await this.settings.read(this.database));
    return new Map(compared.map(([patientNo, fields]) => [patientNo, weighFields(fields, model, frequencyOf)]));
  }
}
