import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from '@yinglian/fhir';
import { DCM, type DcmTerm, EVENT_KINDS } from '../domain/event-kind.js';
import type { AccessRow } from '../storage/access-page.js';
import { balpOf } from './balp.js';
import { entitiesOf } from './entities.js';

const DCM_SYSTEM = 'http://dicom.nema.org/resources/ontology/DCM';
export const ACCOUNT_SYSTEM = 'urn:yinglian:account';
const OUTCOMES = { permit: '0', deny: '8' } as const;

/**
 * A record of the log as FHIR R4 has it (http://hl7.org/fhir/R4/auditevent.html): by the profile of IHE BALP that fits, where one does.
 * What was permitted names its basis and what was refused its problem code in `outcomeDesc`.
 */
export function auditEvent(record: AccessRow): AuditEvent {
  const { at, lastAt, decision } = record;
  const kind = EVENT_KINDS[record.action];
  const balp = balpOf(record);
  return {
    resourceType: 'AuditEvent',
    id: record.accessId,
    meta: { ...(balp === undefined ? {} : { profile: [balp.profile] }), lastUpdated: lastAt.toISOString() },
    type: balp?.type ?? dcm(kind.id),
    subtype: balp === undefined ? [dcm(kind.type ?? kind.id)] : [balp.subtype],
    action: balp?.action ?? kind.does,
    period: { start: at.toISOString(), end: lastAt.toISOString() },
    recorded: at.toISOString(),
    outcome: decision.outcome === 'deny' ? OUTCOMES.deny : OUTCOMES.permit,
    outcomeDesc: decision.code,
    ...purposeOf(record),
    agent: agentsOf(record),
    source: {
      site: 'Yinglian',
      observer: { display: record.service },
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server')],
    },
    ...entitiesIn(entitiesOf(record, balp)),
  };
}

const entitiesIn = (entity: AuditEventEntity[]) => (entity.length === 0 ? {} : { entity });

const purposeOf = ({ purposeOfUse }: AccessRow) => ({
  purposeOfEvent: [{ coding: [coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', purposeOfUse)] }],
});

/** BALP names three: the program that asked, of which the log knows the address at sign-ins alone; the service; who used it. */
function agentsOf({ actor, address, service, action, decision }: AccessRow): AuditEventAgent[] {
  const sends = EVENT_KINDS[action].does === 'R';
  return [
    {
      type: { coding: [role(sends ? '110152' : '110153')] },
      who: UNKNOWN,
      requestor: false,
      network: address === null ? UNKNOWN : { address, type: '2' },
    },
    {
      type: { coding: [role(sends ? '110153' : '110152')] },
      who: { identifier: { system: 'urn:yinglian:service', value: service } },
      requestor: false,
      network: { address: service, type: '1' },
    },
    {
      type: { coding: [coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP')] },
      who: { identifier: { system: ACCOUNT_SYSTEM, value: actor.subject } },
      ...(actor.displayName === '' ? {} : { name: actor.displayName }),
      requestor: true,
      ...(actor.roles.length === 0 ? {} : { role: actor.roles.map((text) => ({ text })) }),
      ...(decision.policies.length === 0
        ? {}
        : { policy: decision.policies.map((policy) => `urn:yinglian:policy:${policy}`) }),
    },
  ];
}

/** What the log does not know is not made up. */
const UNKNOWN = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

const coding = (system: string, code: string, display?: string): Coding => ({
  system,
  code,
  ...(display === undefined ? {} : { display }),
});
const dcm = (term: DcmTerm): Coding => {
  const [code, display] = DCM[term];
  return coding(DCM_SYSTEM, code, display);
};
const role = (code: '110152' | '110153'): Coding =>
  coding(DCM_SYSTEM, code, code === '110152' ? 'Destination Role ID' : 'Source Role ID');
