import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  BreakGlassClosedV1,
  BreakGlassOpenedV1,
  ConsentGrantedV1,
  ConsentWithdrawnV1,
  PoliciesAdoptedV1,
  RelationshipDeclaredV1,
} from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';
import { PoliciesStore } from '../storage/policies.store.js';

/** Keeps this service's copy of who objects, who has declared a relationship, who has broken the glass, and of the policies. */
@Controller()
export class ReplicateConsentsConsumer {
  @ConsumeEvents(ConsentWithdrawnV1)
  async withdrawn(@Payload() batch: readonly ReceivedEvent<typeof ConsentWithdrawnV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_objections (consent_id, person_id, study_uid, withdrawn_at, receiver) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (consent_id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at, study_uid = excluded.study_uid,
           receiver = excluded.receiver`,
        [
          data.consentId,
          data.personId,
          data.scope.kind === 'study' ? data.scope.studyInstanceUid : null,
          data.withdrawnAt,
          data.receiver ?? null,
        ],
      );
    }
  }

  @ConsumeEvents(ConsentGrantedV1)
  async granted(@Payload() batch: readonly ReceivedEvent<typeof ConsentGrantedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_objections (consent_id, person_id, granted_at) VALUES ($1, $2, $3)
         ON CONFLICT (consent_id) DO UPDATE SET granted_at = excluded.granted_at`,
        [data.consentId, data.personId, data.grantedAt],
      );
    }
  }

  @ConsumeEvents(RelationshipDeclaredV1)
  async declared(
    @Payload() batch: readonly ReceivedEvent<typeof RelationshipDeclaredV1>[],
    @Ctx() { tx }: EventContext,
  ) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_relationships (relationship_id, person_id, subject, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (relationship_id) DO NOTHING`,
        [data.relationshipId, data.personId, data.subject, data.expiresAt],
      );
    }
  }

  @ConsumeEvents(PoliciesAdoptedV1)
  async adopted(@Payload() batch: readonly ReceivedEvent<typeof PoliciesAdoptedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) await PoliciesStore.adopt(tx, data, data.adoptedAt);
  }

  @ConsumeEvents(BreakGlassOpenedV1)
  async opened(@Payload() batch: readonly ReceivedEvent<typeof BreakGlassOpenedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_break_glasses (break_glass_id, person_id, subject, ends_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (break_glass_id) DO NOTHING`,
        [data.breakGlassId, data.personId, data.subject, data.expiresAt],
      );
    }
  }

  @ConsumeEvents(BreakGlassClosedV1)
  async closed(@Payload() batch: readonly ReceivedEvent<typeof BreakGlassClosedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_break_glasses (break_glass_id, person_id, subject, ends_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (break_glass_id) DO UPDATE SET ends_at = least(access_break_glasses.ends_at, excluded.ends_at)`,
        [data.breakGlassId, data.personId, data.subject, data.closedAt],
      );
    }
  }
}
