import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { Migrations } from '@yinglian/persistence';
import { AccessDecisionPoint } from './decide/access-decision-point.js';
import { AwaitFacts } from './decide/await-facts.js';
import { CLOCK, type Clock } from './decide/clock.js';
import { GatherFacts } from './decide/gather-facts.js';
import { PermitCache } from './decide/permit-cache.js';
import { PoliciesInForce } from './decide/policies-in-force.js';
import {
  RELATIONSHIPS,
  RESTRICTIONS,
  type Relationship,
  type Relationships,
  type Restriction,
  type Restrictions,
} from './decide/relationships.js';
import { FollowSurvivorsConsumer } from './follow-survivors/follow-survivors.consumer.js';
import { SURVIVOR_FOLLOWER, type SurvivorFollower } from './follow-survivors/survivor-follower.js';
import { ACCESS_SERVICE, AccessRecorder } from './record/access-recorder.js';
import { HearViewChanges } from './replicate/hear-view-changes.js';
import { ReplicateConsentsConsumer } from './replicate/replicate-consents.consumer.js';
import { ReplicateGivenConsentsConsumer } from './replicate/replicate-given-consents.consumer.js';
import { SweepRelationships } from './replicate/sweep-relationships.js';
import { AccessViewStore } from './storage/access-view.store.js';
import { PoliciesStore } from './storage/policies.store.js';

/** The tables of the replicated view, for the migrations of every service that decides. */
export const accessMigrations: Migrations = {
  folder: new URL('../migrations/', import.meta.url),
  table: 'access_migrations',
};

export interface AccessOptions {
  readonly service: string;
  /** The host service's own knowledge of who treats whom; a service that opens no study needs none. */
  readonly relationships?: Type<Relationships>;
  /** Likewise of which studies were ordered as restricted. */
  readonly restrictions?: Type<Restrictions>;
  /** What the host service does of its own when persons become one or apart. */
  readonly survivorFollower?: Type<SurvivorFollower>;
  /** For specs about relationships that end; the machine's clock unless told. */
  readonly clock?: Clock;
}

class NoRelationships implements Relationships {
  async withHospital(): Promise<ReadonlyMap<string, Relationship>> {
    return new Map();
  }
}

class NoRestrictions implements Restrictions {
  async of(): Promise<ReadonlyMap<string, Restriction>> {
    return new Map();
  }
}

class NothingMore implements SurvivorFollower {
  async survivorTold(): Promise<void> {}
}

/** Decisions in this service's process. Needs PersistenceModule and MessagingModule. */
@Global()
@Module({})
export class AccessModule {
  static forService({
    service,
    relationships = NoRelationships,
    restrictions = NoRestrictions,
    survivorFollower = NothingMore,
    clock = () => new Date(),
  }: AccessOptions): DynamicModule {
    return {
      module: AccessModule,
      controllers: [FollowSurvivorsConsumer, ReplicateConsentsConsumer, ReplicateGivenConsentsConsumer],
      providers: [
        AccessDecisionPoint,
        AccessRecorder,
        AccessViewStore,
        AwaitFacts,
        GatherFacts,
        HearViewChanges,
        PermitCache,
        PoliciesStore,
        { provide: PoliciesInForce, useFactory: PoliciesInForce.of, inject: [PoliciesStore] },
        SweepRelationships,
        { provide: CLOCK, useValue: clock },
        { provide: ACCESS_SERVICE, useValue: service },
        { provide: RELATIONSHIPS, useClass: relationships },
        { provide: RESTRICTIONS, useClass: restrictions },
        { provide: SURVIVOR_FOLLOWER, useClass: survivorFollower },
      ],
      exports: [AccessDecisionPoint, PoliciesInForce],
    };
  }
}
