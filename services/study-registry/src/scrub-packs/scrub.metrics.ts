import { meter } from '@yinglian/platform';

/** Counts of places and kinds; nothing here names a pack. */
export class ScrubMetrics {
  readonly packs = meter().createCounter('registry.scrub.packs');
  readonly bytes = meter().createCounter('registry.scrub.bytes', { unit: 'By' });
  readonly damaged = meter().createCounter('registry.scrub.damaged');
  readonly healed = meter().createCounter('registry.scrub.healed');
  readonly copied = meter().createCounter('registry.replica.packs.copied');
}
