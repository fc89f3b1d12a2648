import type { PoliciesStore } from '../storage/policies.store.js';
import { Policies } from './policies.js';
import { shippedPolicies } from './policy-text.js';

/**
 * By which policies this process decides: the province's, or the release's until there are any. It asks the database once after each
 * change that it is told of; and each time while nobody tells it.
 */
export class PoliciesInForce {
  private policies = Policies.shipped();
  private adoption = 0;
  private generation = 0;
  private told = false;
  private isCurrent = false;

  private constructor(private readonly store: PoliciesStore) {}

  /** Throws for policies that this release cannot read: a service does not start then, since whoever signed them must know. */
  static async of(store: PoliciesStore): Promise<PoliciesInForce> {
    const policies = new PoliciesInForce(store);
    await policies.current();
    return policies;
  }

  async current(): Promise<Policies> {
    if (this.isCurrent) return this.policies;
    const begun = this.generation;
    const newest = await this.store.newerThan(this.adoption);
    // Another question may have been answered meanwhile, and later.
    if (newest !== undefined && newest.adoption > this.adoption) {
      this.policies = Policies.of({ files: newest.files, schema: shippedPolicies().schema });
      this.adoption = newest.adoption;
    }
    this.isCurrent = this.told && begun === this.generation;
    return this.policies;
  }

  /** The same, and asks the database whatever it was told: a notice of what is applied may still be on its way. */
  anew(): Promise<Policies> {
    this.mayHaveChanged();
    return this.current();
  }

  mayHaveChanged(): void {
    this.generation += 1;
    this.isCurrent = false;
  }

  /** Whether changes are heard of. */
  hearsOfChanges(told: boolean): void {
    this.told = told;
    this.mayHaveChanged();
  }
}
