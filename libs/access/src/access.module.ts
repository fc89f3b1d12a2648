import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { Migrations } from '@yinglian/persistence';
import { AccessDecisionPoint } from './decide/access-decision-point.js';
import { AwaitFacts } from './decide/await-facts.js';
import { CLOCK, type Clock } from './decide/clock.js';
import { GatherFacts } from './decide/gather-facts.js';
import { HOST_FACTS, type HostFacts, type KnownToHost } from './decide/host-facts.js';
import { PermitCache } from './decide/permit-cache.js';
import { PoliciesInForce } from './decide/policies-in-force.js';
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
  /** What the host service itself knows of who treats whom, and of studies; a service that opens no study needs none. */
  readonly hostFacts?: Type<HostFacts>;
  /** What the host service does of its own when persons become one or apart. */
  readonly survivorFollower?: Type<SurvivorFollower>;
  /** For specs about relationships that end; the machine's clock unless told. */
  readonly clock?: Clock;
}

class NoFacts implements HostFacts {
  async about(): Promise<KnownToHost> {
    return { relationships: new Map(), restrictions: new Map() };
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
    hostFacts = NoFacts,
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
        { provide: HOST_FACTS, useClass: hostFacts },
        { provide: SURVIVOR_FOLLOWER, useClass: survivorFollower },
      ],
      exports: [AccessDecisionPoint, PoliciesInForce],
    };
  }
}
