import type { AccessRow } from '../storage/access-page.js';
import { coded, xml, xmlText } from './xml.js';

interface ParticipantObject {
  readonly id: string;
  readonly is: readonly [code: string, system: string, text: string];
  /** ParticipantObjectTypeCode and …Role (PS3.15 A.5.1.2.2). */
  readonly type: '1' | '2';
  readonly role: string;
  readonly details?: Readonly<Record<string, string>>;
}

/** The patient, the study, the account and the thing it was done to, and the record itself, by its place in the sealed log. */
export const participantObjects = (record: AccessRow): string[] => objectsOf(record).map(participantObject);

function objectsOf(record: AccessRow): ParticipantObject[] {
  const { personId, studyInstanceUid, account, object, breakGlassId } = record;
  const objects: (ParticipantObject | null)[] = [
    personId === null ? null : { id: personId, is: ['2', 'RFC-3881', 'Patient Number'], type: '1', role: '1' },
    studyInstanceUid === null
      ? null
      : { id: studyInstanceUid, is: ['110180', 'DCM', 'Study Instance UID'], type: '2', role: '3' },
    account === null ? null : { id: account, is: ['11', 'RFC-3881', 'User Identifier'], type: '1', role: '11' },
    object === null ? null : thing(object.kind, object.id),
    breakGlassId === null ? null : thing('break-glass', breakGlassId),
    ofLog(record),
  ];
  return objects.filter((one) => one !== null);
}

const thing = (kind: string, id: string): ParticipantObject => ({
  id,
  is: [kind, 'urn:yinglian:object', kind],
  type: '2',
  role: '13',
});

const ofLog = ({ position, accessId, count, purposeOfUse, query, decision }: AccessRow): ParticipantObject => ({
  id: position,
  is: ['record', 'urn:yinglian:object', 'record of the sealed log'],
  type: '2',
  role: '13',
  details: {
    accessId,
    count: String(count),
    purposeOfUse,
    ...(query.length === 0 ? {} : { keys: query.join(' ') }),
    ...(decision.policies.length === 0 ? {} : { policies: decision.policies.join(' ') }),
  },
});

/** Names of patients are not in the log: the name of each object is its id, since the schema wants one. */
const participantObject = ({ id, is: [code, system, text], type, role, details = {} }: ParticipantObject): string =>
  xml(
    'ParticipantObjectIdentification',
    { ParticipantObjectID: id, ParticipantObjectTypeCode: type, ParticipantObjectTypeCodeRole: role },
    coded('ParticipantObjectIDTypeCode', code, system, text),
    xml('ParticipantObjectName', {}, xmlText(id)),
    ...Object.entries(details).map(([name, value]) =>
      xml('ParticipantObjectDetail', { type: name, value: Buffer.from(value).toString('base64') }),
    ),
  );
