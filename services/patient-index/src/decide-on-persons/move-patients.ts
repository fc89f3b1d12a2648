import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { patientIndexProblems } from '../patient-index.errors.js';
import {
  addDecision,
  addMoves,
  addSeparation,
  areSeparated,
  type Maker,
  settleHomes,
} from '../storage/decision.store.js';
import type { KnownPatient } from '../storage/patient.store.js';
import { groupOf } from './merge-persons.js';
import { Restand } from './restand.js';

/** Files patients under another person; their numbers count there from now on, as confirmed by whoever decided. */
@Injectable()
export class MovePatients {
  constructor(private readonly restand: Restand) {}

  /** Resolves to the decision's id. The patients' identities must be locked. */
  execute(
    tx: Sql,
    kind: 'move' | 'split',
    patients: readonly KnownPatient[],
    toId: string,
    maker: Maker,
    at: Date,
  ): Promise<Result<string>> {
    const homes = [...new Set(patients.map(({ homeId }) => homeId))];
    const nos = patients.map(({ patientNo }) => patientNo);
    return this.restand.around<Result<string>>(tx, [...homes, toId], maker.reason, at, async (groups) => {
      if (await areSeparated(tx, homes, groupOf(groups, toId))) return failure(patientIndexProblems.PERSONS_KEPT_APART);
      const decisionId = await addDecision(tx, kind, maker, at);
      await addMoves(tx, decisionId, nos, toId);
      // Whoever is taken out is not the one they are taken from: what both state must not join them again.
      if (kind === 'split') for (const homeId of homes) await addSeparation(tx, decisionId, homeId, toId);
      await settleHomes(tx, nos);
      return success(decisionId);
    });
  }
}
