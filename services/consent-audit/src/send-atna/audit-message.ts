import { DCM, EVENT_KINDS } from '../domain/event-kind.js';
import type { AccessRow } from '../storage/access-page.js';
import { participantObjects } from './participant-objects.js';
import { coded, xml, xmlText } from './xml.js';

const IP_ADDRESS = '2';

/**
 * A record as an audit message (DICOM PS3.15 A.5.1).
 * @param origin the name of the log
 */
export function auditMessage(record: AccessRow, origin: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${xml(
    'AuditMessage',
    {},
    eventOf(record),
    userOf(record),
    serviceOf(record),
    xml('AuditSourceIdentification', { AuditSourceID: origin }, xml('AuditSourceTypeCode', { 'csd-code': '4' })),
    ...participantObjects(record),
  )}`;
}

function eventOf({ action, at, decision }: AccessRow): string {
  const { id, type, does } = EVENT_KINDS[action];
  return xml(
    'EventIdentification',
    {
      EventActionCode: does,
      EventDateTime: at.toISOString(),
      EventOutcomeIndicator: decision.outcome === 'permit' ? '0' : '8',
    },
    coded('EventID', DCM[id][0], 'DCM', DCM[id][1]),
    ...(type === undefined ? [] : [coded('EventTypeCode', DCM[type][0], 'DCM', DCM[type][1])]),
    coded('EventTypeCode', action, 'urn:yinglian:action', action),
    xml('EventOutcomeDescription', {}, xmlText(decision.code)),
  );
}

const userOf = ({ actor, address }: AccessRow): string =>
  xml(
    'ActiveParticipant',
    {
      UserID: actor.subject,
      UserName: actor.displayName === '' ? undefined : actor.displayName,
      UserIsRequestor: 'true',
      NetworkAccessPointID: address ?? undefined,
      NetworkAccessPointTypeCode: address === null ? undefined : IP_ADDRESS,
    },
    ...actor.roles.map((role) => coded('RoleIDCode', role, 'urn:yinglian:role', role)),
  );

const serviceOf = ({ service }: AccessRow): string =>
  xml(
    'ActiveParticipant',
    { UserID: service, UserIsRequestor: 'false' },
    coded('RoleIDCode', '110150', 'DCM', 'Application'),
  );
