import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import type { Evidence } from '../domain/evidence/weigh.js';
import { decideLink } from '../domain/link-decision.js';
import { modelOf } from '../domain/match-settings.js';
import type { ObservedPatient } from '../domain/observation.js';
import { LikelyPersons } from '../find-likely/likely-persons.js';
import { type ReadPatient, readPatient, withoutNumbers } from '../link-patients/read-patient.js';
import { doubtfulAmong } from '../storage/doubtful-number.store.js';
import { survivorsOfPatients } from '../storage/patient-survivor.store.js';
import { SettingsInForce } from '../tune-matching/settings-in-force.js';
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
    private readonly likelyPersons: LikelyPersons,
    private readonly settings: SettingsInForce,
  ) {}

  /** The likeliest first. */
  async execute(described: ObservedPatient, now: Date): Promise<PersonMatch[]> {
    const read = readPatient(described, now.toISOString().slice(0, 10).replaceAll('-', ''));
    const [settings, candidates, linked] = await Promise.all([
      this.settings.read(this.database),
      this.likelyPersons.lookWidely(this.database, read.seen),
      this.linkedByRule(read),
    ]);
    const [likely, persons] = await Promise.all([
      this.likelyPersons.weighAll(this.database, read.seen, candidates, modelOf(settings), now),
      survivorsOfPatients(this.database, candidates),
    ]);
    const matches = likely.flatMap(({ patientNo, record, evidence }): PersonMatch[] => {
      const personId = persons.get(patientNo);
      const grade = gradeOf(read.seen, record, evidence.probability, personId === linked, settings.grades);
      return personId === undefined || grade === null ? [] : [{ personId, grade, evidence }];
    });
    return likeliestOf(matches);
  }

  /** The person that a patient so described would be linked to when it came from a hospital. */
  private async linkedByRule(read: ReadPatient): Promise<string | null> {
    const doubtful = await doubtfulAmong(this.database, read.statement.strongNumbers);
    const { statement } = withoutNumbers(read, doubtful);
    const groups = await groupsHolding(this.database, statement.strongNumbers);
    const { homeId, conflicts } = decideLink(statement, null, groups);
    return homeId === null || conflicts.length > 0 ? null : survivorIn(groups, homeId);
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
