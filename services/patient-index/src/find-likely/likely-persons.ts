import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import type { ComparedRecord } from '../domain/evidence/compared-record.js';
import type { MatchModel } from '../domain/evidence/match-model.js';
import { compareFields, type Evidence, termsInCommon, weighFields } from '../domain/evidence/weigh.js';
import { candidatesOf, MOST_CANDIDATES } from '../storage/candidate.store.js';
import { recordsOf } from '../storage/candidate-record.store.js';
import { looseCandidatesOf } from '../storage/loose-candidate.store.js';
import { NameCountStore } from '../storage/name-count.store.js';

/** A patient who may be the same person as the record asked about, and what speaks for it. */
export interface Likely {
  readonly patientNo: string;
  readonly record: ComparedRecord;
  readonly evidence: Evidence;
}

/** Who may be the same person as each of some records: what the blocks bring together, weighed. */
@Injectable()
export class LikelyPersons {
  constructor(private readonly nameCounts: NameCountStore) {}

  /**
   * For each record, the likeliest first; of those with another resident id hardly any.
   * @param leastBits evidence below is left out
   */
  async find(
    sql: Sql,
    records: readonly ComparedRecord[],
    by: { readonly model: MatchModel; readonly leastBits: number },
    now: Date,
  ): Promise<Likely[][]> {
    return this.weighed(sql, records, await candidatesOf(sql, records, { withOtherIds: false }), by, now);
  }

  /**
   * Patients who may be the same person as the record, also among the few who have little in common with it: `weighAll` weighs them.
   * More is looked at, so that records that arrive are not looked for so.
   */
  async lookWidely(sql: Sql, record: ComparedRecord): Promise<string[]> {
    const [[near = []], loose] = await Promise.all([candidatesOf(sql, [record]), looseCandidatesOf(sql, record)]);
    return [...new Set([...near, ...loose])].slice(0, MOST_CANDIDATES);
  }

  /** The likeliest first, however unlikely. */
  async weighAll(
    sql: Sql,
    record: ComparedRecord,
    patientNos: readonly string[],
    model: MatchModel,
    now: Date,
  ): Promise<Likely[]> {
    const by = { model, leastBits: Number.NEGATIVE_INFINITY };
    const [likely = []] = await this.weighed(sql, [record], [patientNos], by, now);
    return likely;
  }

  private async weighed(
    sql: Sql,
    records: readonly ComparedRecord[],
    candidates: readonly (readonly string[])[],
    { model, leastBits }: { readonly model: MatchModel; readonly leastBits: number },
    now: Date,
  ): Promise<Likely[][]> {
    const known = await recordsOf(sql, [...new Set(candidates.flat())], dayOf(now));
    const pairs = records.map((one, at) =>
      (candidates[at] ?? []).flatMap((patientNo) => {
        const record = known.get(patientNo);
        return record === undefined ? [] : { patientNo, record, compared: compareFields(one, record) };
      }),
    );
    const terms = pairs.flat().flatMap(({ compared }) => termsInCommon(compared));
    const frequencyOf = await this.nameCounts.frequenciesOf(sql, terms, now);
    return pairs.map((others) =>
      others
        .map(({ patientNo, record, compared }) => {
          return { patientNo, record, evidence: weighFields(compared, model, frequencyOf) };
        })
        .filter(({ evidence }) => evidence.bits >= leastBits)
        .sort((a, b) => b.evidence.bits - a.evidence.bits),
    );
  }
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10).replaceAll('-', '');
