import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { modelOf } from '../domain/match-settings.js';
import { openConflicts } from '../storage/conflict.store.js';
import { isFirstFilling } from '../storage/first-filling.store.js';
import { SettingsInForce } from '../tune-matching/settings-in-force.js';
import { FindQuestions, type NewRecord } from './find-questions.js';

/** No program links a patient by name, birth date and address, however alike: whoever is likely the same is shown to a steward. */
@Injectable()
export class AskAboutLikely {
  constructor(
    private readonly findQuestions: FindQuestions,
    private readonly settings: SettingsInForce,
  ) {}

  /** @param lastNo up to whom patients are asked about in turn: of two of them the later one asks about the earlier one */
  async execute(tx: Sql, asked: readonly NewRecord[], now: Date, lastNo = '0'): Promise<void> {
    // Whoever comes while an empty index is filled is asked about when that has ended.
    if (asked.length === 0 || (await isFirstFilling(tx))) return;
    const settings = await this.settings.read(tx);
    const by = { model: modelOf(settings), leastBits: settings.leastBits };
    const questions = await this.findQuestions.about(tx, asked, by, now, lastNo);
    const conflicts = asked.flatMap(({ patient }, at) =>
      (questions[at] ?? []).map(({ personId, evidence: { bits } }) => {
        return { kind: 'LIKELY_SAME' as const, number: '', otherPersonId: personId, bits, patient };
      }),
    );
    await openConflicts(tx, conflicts, now);
  }
}
