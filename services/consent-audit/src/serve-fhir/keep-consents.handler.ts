import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, anyActorOf, personGroup } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, isPerson, type Principal, type Result, success } from '@yinglian/platform';
import { consentAuditProblems } from '../consent-audit.errors.js';
import type { Taking } from '../domain/statement.js';
import { StateConsentsHandler } from '../state-consents/state-consents.handler.js';
import { type AtDesk, takingOf } from '../state-consents/taking-of.js';
import { type Consent, consentsOf, findConsent } from '../storage/consent.store.js';
import type { ReadConsent } from './read-consent.js';
import type { ConsentSearch } from './read-consent-search.js';

/** Consents for programs, clerks and patients: each look and each statement is decided and recorded like any other. */
@Injectable()
export class KeepConsentsHandler {
  constructor(
    private readonly database: Database,
    private readonly access: AccessDecisionPoint,
    private readonly stateConsents: StateConsentsHandler,
  ) {}

  async read(consentId: string, caller: Principal): Promise<Result<Consent>> {
    const consent = await findConsent(this.database, consentId);
    if (consent === undefined) return failure(consentAuditProblems.CONSENT_NOT_FOUND);
    const permitted = await this.authorize(caller, consent.personId, ['_id']);
    return permitted.ok ? success(consent) : permitted;
  }

  /** Of all who are one with the patient, the newest first. */
  async search({ personId, isActive, query }: ConsentSearch, caller: Principal): Promise<Result<Consent[]>> {
    const permitted = await this.authorize(caller, personId, query);
    if (!permitted.ok) return permitted;
    const found = await consentsOf(this.database, await personGroup(this.database, personId));
    return success(found.filter(({ endedAt }) => isActive === undefined || (endedAt === null) === isActive));
  }

  async create({ statement, desk }: ReadConsent, caller: Principal, now: Date): Promise<Result<Consent>> {
    const permitted = await this.authorize(caller, statement.personId, [statement.decision]);
    if (!permitted.ok) return permitted;
    const taking = await this.taking(caller, statement.personId, desk, now);
    if (!taking.ok) return taking;
    const stated = await this.stateConsents.state(statement, taking.value, caller, now);
    return stated.ok ? this.found(stated.value.consentId) : stated;
  }

  /** To end what has ended changes nothing. */
  async end(consent: Consent, desk: AtDesk, caller: Principal, now: Date): Promise<Result<Consent>> {
    if (consent.endedAt !== null) return success(consent);
    const { consentId, personId } = consent;
    const taking = await this.taking(caller, personId, desk, now);
    if (!taking.ok) return taking;
    const ended = await this.stateConsents.end(consentId, personId, taking.value, caller, now);
    return ended.ok ? this.found(consentId) : ended;
  }

  private async taking(caller: Principal, personId: string, desk: AtDesk, now: Date): Promise<Result<Taking>> {
    if (isPerson(caller)) return takingOf(this.database, caller, personId, desk, now);
    const { subject, hospital } = anyActorOf(caller);
    const by = desk.by ?? { kind: 'patient' as const };
    return success({ by, identity: desk.identity ?? 'program', recordedBy: subject, hospital });
  }

  private authorize(caller: Principal, personId: string, query: readonly string[]) {
    const asked = { action: 'person.read', personId, studyInstanceUid: null, ownerHospital: null } as const;
    return this.access.authorize({ actor: anyActorOf(caller), ...asked }, { query });
  }

  private async found(consentId: string): Promise<Result<Consent>> {
    const consent = await findConsent(this.database, consentId);
    return consent === undefined ? failure(consentAuditProblems.CONSENT_NOT_FOUND) : success(consent);
  }
}
