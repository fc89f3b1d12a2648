import type { AuditEvent, Coding } from '@yinglian/fhir';
import type { RecordedAction } from '../domain/event-kind.js';
import type { AccessRow } from '../storage/access-page.js';

/** A profile of IHE Basic Audit Log Patterns, and what it fixes. */
export interface BalpProfile {
  readonly profile: string;
  readonly type: Coding;
  readonly subtype: Coding;
  readonly action: NonNullable<AuditEvent['action']>;
  /** How the entity is named that the profile asks for beside the patient. */
  readonly about: 'query' | 'data';
}

const REST: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
  code: 'rest',
  display: 'Restful Operation',
};
const interaction = (code: string): Coding => ({ system: 'http://hl7.org/fhir/restful-interaction', code });
const SEARCHES: ReadonlySet<RecordedAction> = new Set(['person.search', 'study.search', 'audit.search']);
const READS: ReadonlySet<RecordedAction> = new Set(['person.read', 'study.retrieve']);

/** The profiles are of what succeeded: a refusal has none, nor have sign-ins and deeds, which are no requests for a resource. */
export function balpOf({ action, personId, decision }: AccessRow): BalpProfile | undefined {
  if (decision.outcome !== 'permit') return undefined;
  const named = (what: 'Query' | 'Read') =>
    `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${personId === null ? what : `Patient${what}`}`;
  if (SEARCHES.has(action)) {
    return {
      profile: named('Query'),
      type: REST,
      subtype: interaction('search-type'),
      action: 'E',
      about: 'query',
    };
  }
  if (!READS.has(action)) return undefined;
  return { profile: named('Read'), type: REST, subtype: interaction('read'), action: 'R', about: 'data' };
}
