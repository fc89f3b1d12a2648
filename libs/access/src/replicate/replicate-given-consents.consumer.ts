import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { AccountLinkedV1, AccountUnlinkedV1, ConsentEndedV1, ConsentGivenV1 } from '@yinglian/contracts';
import { ConsumeEvents, type EventContext, type ReceivedEvent } from '@yinglian/messaging';

/** Keeps this service's copy of exceptions from what is closed, and of whom accounts stand for. The end of one may come before it. */
@Controller()
export class ReplicateGivenConsentsConsumer {
  @ConsumeEvents(ConsentGivenV1)
  async given(@Payload() batch: readonly ReceivedEvent<typeof ConsentGivenV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_consents (consent_id, person_id, persons, study_uid, receiver, given_at, ends_at)
         SELECT $1, one, $2, $3, $4, $5, $6 FROM unnest($2::text[]) AS one
         ON CONFLICT (consent_id, person_id) DO UPDATE SET study_uid = excluded.study_uid, receiver = excluded.receiver,
           given_at = excluded.given_at, ends_at = excluded.ends_at`,
        [
          data.consentId,
          data.persons,
          data.scope.kind === 'study' ? data.scope.studyInstanceUid : null,
          data.receiver,
          data.givenAt,
          data.endsAt ?? null,
        ],
      );
    }
  }

  @ConsumeEvents(ConsentEndedV1)
  async ended(@Payload() batch: readonly ReceivedEvent<typeof ConsentEndedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_consents (consent_id, person_id, persons, ended_at)
         SELECT $1, one, $2, $3 FROM unnest($2::text[]) AS one
         ON CONFLICT (consent_id, person_id) DO UPDATE SET ended_at = excluded.ended_at`,
        [data.consentId, data.persons, data.endedAt],
      );
    }
  }

  @ConsumeEvents(AccountLinkedV1)
  async linked(@Payload() batch: readonly ReceivedEvent<typeof AccountLinkedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_accounts (link_id, account, person_id, persons, ends_at, linked_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (link_id) DO UPDATE SET account = excluded.account, persons = excluded.persons, ends_at = excluded.ends_at,
           linked_at = excluded.linked_at`,
        [data.linkId, data.account, data.personId, data.persons, data.endsAt, data.linkedAt],
      );
    }
  }

  @ConsumeEvents(AccountUnlinkedV1)
  async unlinked(@Payload() batch: readonly ReceivedEvent<typeof AccountUnlinkedV1>[], @Ctx() { tx }: EventContext) {
    for (const { data } of batch) {
      await tx.query(
        `INSERT INTO access_accounts (link_id, person_id, unlinked_at) VALUES ($1, $2, $3)
         ON CONFLICT (link_id) DO UPDATE SET unlinked_at = excluded.unlinked_at`,
        [data.linkId, data.personId, data.unlinkedAt],
      );
    }
  }
}
