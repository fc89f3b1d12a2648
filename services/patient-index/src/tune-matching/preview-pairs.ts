import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import type { MatchModel } from '../domain/evidence/match-model.js';
import type { PreviewedPair } from '../domain/previewed-pair.js';
import { FindQuestions, type LikelyQuestion } from '../find-likely/find-questions.js';
import { recordsToAskAbout } from '../find-likely/records-to-ask-about.js';
import type { SampledPatient } from '../storage/patient-sample.store.js';
import { FEWEST_BITS } from './proposed-settings.js';

/** Few enough that whoever else is asked for is not held up by weighing them. */
const AT_ONCE = 20;

/** Weighs sampled patients against whom a steward would be asked about, by two models. */
@Injectable()
export class PreviewPairs {
  constructor(private readonly findQuestions: FindQuestions) {}

  async between(
    sql: Sql,
    patients: readonly SampledPatient[],
    models: { readonly now: MatchModel; readonly proposed: MatchModel },
    now: Date,
  ): Promise<PreviewedPair[]> {
    const pairs: PreviewedPair[] = [];
    for (let at = 0; at < patients.length; at += AT_ONCE) {
      const asked = await recordsToAskAbout(sql, patients.slice(at, at + AT_ONCE), now);
      const by = (model: MatchModel) =>
        this.findQuestions.about(sql, asked, { model, leastBits: FEWEST_BITS }, now, 'earlier');
      const before = await by(models.now);
      const after = models.now === models.proposed ? before : await by(models.proposed);
      pairs.push(...asked.flatMap(({ patientNo }, place) => pairsOf(patientNo, before[place], after[place])));
    }
    return pairs;
  }
}

function pairsOf(
  patientNo: string,
  before: readonly LikelyQuestion[] = [],
  after: readonly LikelyQuestion[] = [],
): PreviewedPair[] {
  const persons = new Set([...before, ...after].map(({ personId }) => personId));
  return [...persons].flatMap((personId) => {
    const [was, will] = [before, after].map((of) => of.find((one) => one.personId === personId));
    const other = will ?? was;
    if (other === undefined) return [];
    const { patientNo: otherNo } = other;
    return { patientNo, personId, otherNo, now: was?.evidence ?? null, proposed: will?.evidence ?? null };
  });
}
