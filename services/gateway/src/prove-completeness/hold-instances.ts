import type { NamedBytes } from '@yinglian/dicom';
import { z } from 'zod';
import { differingInstances } from '../domain/differing-instances.js';
import type { ProvinceClient } from '../province/province.client.js';
import type { AtRegistry, ComparisonStore, Held } from '../storage/comparison.store.js';

/** More than any study has; an answer that does not end is a fault. */
const MOST_INSTANCES = 200_000;
const Page = z.object({
  instances: z.array(z.object({ sopInstanceUid: z.string(), dataSetSha256: z.string() })),
  next: z.number().int().positive().nullable(),
});
const NOTHING: Held = { digest: null, count: 0, instances: [] };

/** What was sent of a study, every version of every instance; undefined when it is not remembered any more. */
export type SentOf = (studyInstanceUid: string) => Promise<readonly NamedBytes[] | undefined>;

/**
 * Holds a study against the registry instance by instance, where there are as many as were sent and their digest is another
 * one: once for each digest, so that a night of equal studies reads no instance.
 */
export class HoldInstances {
  constructor(
    private readonly store: ComparisonStore,
    private readonly sentOf: SentOf,
    private readonly province: Pick<ProvinceClient, 'sendJson'>,
  ) {}

  /** Rejects when the province does not answer. */
  async hold({ studyInstanceUid, registered, digest }: AtRegistry): Promise<Held> {
    const known = this.store.known(studyInstanceUid);
    // Fewer are a gap of their own; more came another way, or are not remembered.
    if (known === undefined || digest === null || known.sentDigest === null || known.sent !== registered)
      return NOTHING;
    if (digest === known.sentDigest) return NOTHING;
    if (digest === known.held.digest) return known.held;
    const sent = await this.sentOf(studyInstanceUid);
    if (sent === undefined) return NOTHING;
    const instances = differingInstances(sent, await this.registeredOf(studyInstanceUid));
    return { digest, count: instances.length, instances };
  }

  private async registeredOf(study: string): Promise<NamedBytes[]> {
    const all: NamedBytes[] = [];
    for (let from: number | null = 0; from !== null; ) {
      const { status, body } = await this.province.sendJson('POST', '/api/study-registry/own-studies/instances', {
        study,
        from,
      });
      if (status !== 200) throw new Error(`The registry answers for the instances of a study with ${status}`);
      const page: z.output<typeof Page> = Page.parse(JSON.parse(body));
      all.push(...page.instances);
      if (all.length > MOST_INSTANCES) throw new Error('The registry names more instances than any study has');
      from = page.next;
    }
    return all;
  }
}
