import { z } from 'zod';
import type { ProvinceClient } from '../province/province.client.js';
import type { ComparedStudy, ComparisonStore } from '../storage/comparison.store.js';
import type { HoldInstances } from './hold-instances.js';

/** As many as one question may name. */
const AT_ONCE = 500;
const Answer = z.object({
  studies: z.array(
    z.object({
      studyInstanceUid: z.string(),
      registered: z.number(),
      quarantined: z.number(),
      digest: z.string().nullable().default(null),
    }),
  ),
});

/** Asks the registry what it has of the studies that were handed over: nothing is called registered on our own word. */
export class CompareWithRegistry {
  constructor(
    private readonly store: ComparisonStore,
    private readonly province: Pick<ProvinceClient, 'sendJson'>,
    private readonly holdInstances: HoldInstances,
  ) {}

  /** One question, about those that are due longest; how many there were. Rejects when the province does not answer. */
  async round(now: Date): Promise<number> {
    const due = this.store.due(now.toISOString(), AT_ONCE);
    if (due.length === 0) return 0;
    const { status, body } = await this.province.sendJson('POST', '/api/study-registry/own-studies', { studies: due });
    if (status !== 200) throw new Error(`The registry answers the comparison with ${status}`);
    const found = new Map(Answer.parse(JSON.parse(body)).studies.map((study) => [study.studyInstanceUid, study]));
    const compared: ComparedStudy[] = [];
    const nothing = { registered: 0, quarantined: 0, digest: null };
    for (const studyInstanceUid of due) {
      const study = found.get(studyInstanceUid) ?? { studyInstanceUid, ...nothing };
      compared.push({ ...study, held: await this.holdInstances.hold(study) });
    }
    this.store.put(compared, now.toISOString());
    return due.length;
  }
}
