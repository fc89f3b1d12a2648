import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { termsOf } from '../domain/evidence/count-terms.js';
import { DEFAULT_MODEL } from '../domain/evidence/default-model.js';
import { type Evidence, weigh } from '../domain/evidence/weigh.js';
import { decideLink } from '../domain/link-decision.js';
import type { ObservedPatient } from '../domain/observation.js';
import { readPatient } from '../link-patients/read-patient.js';
import { candidatesOf } from '../storage/candidate.store.js';
import { recordsOf } from '../storage/candidate-record.store.js';
import { NameCountStore } from '../storage/name-count.store.js';
import { survivorsOfPatients } from '../storage/patient-survivor.store.js';
import { groupsHolding, survivorIn } from './groups-holding.js';
import { gradeOf, type MatchGrade } from './match-grade.js';

/** Somebody who may be the person that was described, and what speaks for it. */
export interface PersonMatch {
  readonly personId: string;
  readonly grade: MatchGrade;
  readonly evidence: Evidence;
}

/** Persons who may be the one described: whom the blocks bring together, weighed by their likeliest record. Nothing is kept. */
@Injectable()
export class MatchPersonsHandler {
  constructor(
    private readonly database: Database,
    private readonly nameCounts: NameCountStore,
  ) {}

  /** The likeliest first. */
  async execute(described: ObservedPatient, now: Date): Promise<PersonMatch[]> {
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    const { seen, statement } = readPatient(described, today);
    const [candidates = []] = await candidatesOf(this.database, [seen]);
    const known = await recordsOf(this.database, candidates, today);
    const persons = await survivorsOfPatients(this.database, candidates);
    const frequencyOf = await this.nameCounts.frequenciesOf([seen, ...known.values()].flatMap(termsOf), now);
    const groups = await groupsHolding(this.database, statement.strongNumbers);
    const { homeId, conflicts } = decideLink(statement, null, groups);
    const linked = homeId === null || conflicts.length > 0 ? null : survivorIn(groups, homeId);
    const matches = [...known].flatMap(([patientNo, record]): PersonMatch[] => {
      const personId = persons.get(patientNo);
      const evidence = weigh(seen, record, DEFAULT_MODEL, frequencyOf);
      const grade = gradeOf(seen, record, evidence.probability, personId === linked);
      return personId === undefined || grade === null ? [] : [{ personId, grade, evidence }];
    });
    return likeliestOf(matches);
  }
}

/** One match a person: the one of its records that speaks most for it, but for another resident id, which speaks for all. */
function likeliestOf(matches: readonly PersonMatch[]): PersonMatch[] {
  const persons = Map.groupBy(matches, ({ personId }) => personId);
  const best = [...persons.values()].flatMap((of) => {
    const isOther = of.some(({ grade }) => grade === 'certainly-not');
    const [first] = of.toSorted(byEvidence);
    if (first === undefined) return [];
    return isOther && first.grade !== 'certain' ? [{ ...first, grade: 'certainly-not' as const }] : [first];
  });
  return best.sort((a, b) => rankOf(a) - rankOf(b) || byEvidence(a, b));
}

const byEvidence = (a: PersonMatch, b: PersonMatch): number => b.evidence.bits - a.evidence.bits;

const rankOf = ({ grade }: PersonMatch): number => (grade === 'certain' ? 0 : grade === 'certainly-not' ? 2 : 1);
