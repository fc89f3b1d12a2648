import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import type { Maker } from '../storage/decision.store.js';
import { holdersOf, numbersClaimedBy } from '../storage/number.store.js';
import { patientsOfHomes } from '../storage/patient.store.js';
import { MergePersons } from './merge-persons.js';

const BY_RULE: Maker = { reason: 'STRONG_ID', by: 'rule', name: '', note: '' };

/**
 * Somebody who came by a number while it was held here, and whose number is held elsewhere since a decision was taken back, is one with its
 * holder: that is where the rule would have led them.
 */
@Injectable()
export class RejoinByNumbers {
  constructor(private readonly mergePersons: MergePersons) {}

  async execute(tx: Sql, personId: string, at: Date): Promise<void> {
    const patients = await patientsOfHomes(tx, [personId]);
    const numbers = await numbersClaimedBy(
      tx,
      patients.map(({ patientNo }) => patientNo),
    );
    const homes = new Set((await holdersOf(tx, numbers)).values());
    homes.delete(personId);
    for (const homeId of homes) await this.mergePersons.execute(tx, personId, homeId, BY_RULE, at);
  }
}
