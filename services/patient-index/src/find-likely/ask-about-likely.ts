import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { modelOf } from '../domain/match-settings.js';
import { openConflicts } from '../storage/conflict.store.js';
import type { UnlinkedPatient } from '../storage/newcomer.store.js';
import { SettingsInForce } from '../tune-matching/settings-in-force.js';
import { type AskedAgainst, FindQuestions } from './find-questions.js';
import { recordsToAskAbout } from './records-to-ask-about.js';

/** No program links a patient by name, birth date and address, however alike: whoever is likely the same is shown to a steward. */
@Injectable()
export class AskAboutLikely {
  constructor(
    private readonly findQuestions: FindQuestions,
    private readonly settings: SettingsInForce,
  ) {}

  async execute(tx: Sql, patients: readonly UnlinkedPatient[], now: Date, against: AskedAgainst): Promise<void> {
    const asked = await recordsToAskAbout(tx, patients, now);
    if (asked.length === 0) return;
    const settings = await this.settings.read(tx);
    const by = { model: modelOf(settings), leastBits: settings.leastBits };
    const questions = await this.findQuestions.about(tx, asked, by, now, against);
    const conflicts = asked.flatMap(({ patient }, at) =>
      (questions[at] ?? []).map(({ personId, evidence: { bits } }) => {
        return { kind: 'LIKELY_SAME' as const, number: '', otherPersonId: personId, bits, patient };
      }),
    );
    await openConflicts(tx, conflicts, now);
  }
}
