import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RelationshipDeclaredV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import { type AboutPerson, FindPerson } from '../find-person/find-person.js';
import { keepOwnDeed } from '../storage/keep-deeds.js';

export const RELATIONSHIP_HOURS = Symbol('hours that a declared relationship lasts');

const HOUR_MS = 3_600_000;
const FLUSH_TIMEOUT_MS = 2_000;

export interface Declaration {
  readonly clinician: PersonPrincipal & { readonly hospital: string };
  readonly about: AboutPerson;
  readonly reason: string;
}

export interface DeclaredRelationship {
  readonly relationshipId: string;
  readonly personId: string;
  /** UTC instant, RFC 3339. */
  readonly expiresAt: string;
}

/** A clinician says why they treat somebody whom their hospital does not know; kept for review, valid for some hours. */
@Injectable()
export class DeclareRelationshipHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly findPerson: FindPerson,
    @Inject(RELATIONSHIP_HOURS) private readonly hours: number,
  ) {}

  /** For the survivor of those who are one (ADR 0026). Resolves when the event is in the log, so that other services can know of it at once (ADR 0006). */
  async execute({ clinician, about, reason }: Declaration): Promise<Result<DeclaredRelationship>> {
    const personId = await this.findPerson.survivor(about);
    if (personId === undefined) return failure(consentAuditProblems.STUDY_NOT_FOUND);
    const relationshipId = randomUUID();
    const declaredAt = new Date();
    const expiresAt = new Date(declaredAt.getTime() + this.hours * HOUR_MS).toISOString();
    const { subject, displayName, hospital } = clinician;
    await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO declared_relationships
           (relationship_id, person_id, subject, display_name, hospital, reason, declared_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [relationshipId, personId, subject, displayName, hospital, reason, declaredAt, expiresAt],
      );
      await this.outbox.add(tx, RelationshipDeclaredV1, {
        relationshipId,
        personId,
        subject,
        hospital,
        declaredAt: declaredAt.toISOString(),
        expiresAt,
      });
      const object = { kind: 'relationship', id: relationshipId } as const;
      const deed = { action: 'relationship.declare', purposeOfUse: 'TREAT', personId, hospital, object } as const;
      await keepOwnDeed(tx, deedBy(clinician, deed, declaredAt));
    });
    await this.outbox.flushed(FLUSH_TIMEOUT_MS);
    return success({ relationshipId, personId, expiresAt });
  }
}
