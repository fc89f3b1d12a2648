import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database, Listener } from '@yinglian/persistence';
import { PermitCache } from '../decide/permit-cache.js';
import { PoliciesInForce } from '../decide/policies-in-force.js';

/** Hears from the database when the replicated view changes, whichever process of the service changed it. */
@Injectable()
export class HearViewChanges implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listener: Listener;

  constructor(database: Database, permits: PermitCache, policies: PoliciesInForce) {
    this.listener = new Listener(database, 'access_view', {
      heard: () => {
        policies.mayHaveChanged();
        permits.forget();
      },
      // Until then every decision reads the view: slower, never wrong.
      listens: (isSo) => {
        policies.hearsOfChanges(isSo);
        permits.hearsOfChanges(isSo);
      },
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.listener.listen();
  }

  onModuleDestroy(): Promise<void> {
    return this.listener.close();
  }
}
