import { ConsentEndedV1, ConsentGivenV1, ConsentGrantedV1, ConsentWithdrawnV1 } from '@yinglian/contracts';
import type { Outbox } from '@yinglian/messaging';
import type { Sql } from '@yinglian/persistence';
import { endOf, type Statement } from '../domain/statement.js';
import type { EndedConsent } from '../storage/consent.store.js';

interface Said extends Pick<Statement, 'personId' | 'decision' | 'scope' | 'receiver' | 'until'> {
  readonly consentId: string;
  readonly persons: string[];
  readonly saidAt: string;
}

/** What is closed, or excepted from it, to every service. */
export async function tellStatement(outbox: Outbox, tx: Sql, said: Said): Promise<void> {
  const { consentId, personId, persons, decision, scope, receiver, saidAt } = said;
  if (decision === 'opens') {
    const given = { consentId, personId, persons, scope, receiver, givenAt: saidAt };
    const end = endOf(said);
    await outbox.add(tx, ConsentGivenV1, end === null ? given : { ...given, endsAt: end.toISOString() });
    return;
  }
  const closed = { consentId, personId, scope, withdrawnAt: saidAt };
  await outbox.add(tx, ConsentWithdrawnV1, receiver === null ? closed : { ...closed, receiver });
}

export async function tellEnd(outbox: Outbox, tx: Sql, ended: EndedConsent, at: string): Promise<void> {
  const { consentId, personId, closes } = ended;
  if (closes) await outbox.add(tx, ConsentGrantedV1, { consentId, personId, grantedAt: at });
  else await outbox.add(tx, ConsentEndedV1, { consentId, personId, persons: ended.persons ?? [personId], endedAt: at });
}

export const scopeOf = (studyUid: string | null): Statement['scope'] =>
  studyUid === null ? { kind: 'person' } : { kind: 'study', studyInstanceUid: studyUid };
