import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PoliciesInForce, shippedPolicies } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { keepPolicySet } from '../storage/policy-sets.store.js';

/** At each start, what this release decides by: a release brings another schema, and with it another version. */
@Injectable()
export class KeepPolicies implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly policies: PoliciesInForce,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await keepPolicySet(this.database, shippedPolicies());
    await keepPolicySet(this.database, (await this.policies.current()).text);
  }
}
