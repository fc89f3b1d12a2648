import type { AuditEventEntity } from '@yinglian/fhir';
import type { AccessRow } from '../storage/access-page.js';
import type { BalpProfile } from './balp.js';

const TYPES = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const ROLES = 'http://terminology.hl7.org/CodeSystem/object-role';
const type = (code: '1' | '2') => ({ system: TYPES, code, display: code === '1' ? 'Person' : 'System Object' });
const role = (code: string, display: string) => ({ system: ROLES, code, display });
const DOMAIN_RESOURCE = role('4', 'Domain Resource');

/** The patient, what was read of them or how it was searched for, whose account it was done to, and what else. */
export function entitiesOf(record: AccessRow, balp: BalpProfile | undefined): AuditEventEntity[] {
  const { personId, account } = record;
  return [
    ...(personId === null
      ? []
      : [{ what: { reference: `Patient/${personId}` }, type: type('1'), role: role('1', 'Patient') }]),
    ...(balp?.about === 'query' ? [queryOf(record)] : dataOf(record, balp)),
    ...(account === null
      ? []
      : [
          {
            what: { identifier: { system: 'urn:yinglian:account', value: account } },
            type: type('1'),
            role: role('6', 'User'),
          },
        ]),
    ...objectOf(record),
  ];
}

/** The names of what was searched by; their values are not in the log, since they may be patient data. */
const queryOf = ({ query }: AccessRow): AuditEventEntity => ({
  type: type('2'),
  role: role('24', 'Query'),
  query: Buffer.from(query.join('&')).toString('base64') || NOTHING,
});

/** An empty value is no FHIR; a search by nothing is the sign of an empty query string. */
const NOTHING = Buffer.from('?').toString('base64');

function dataOf({ personId, studyInstanceUid }: AccessRow, balp: BalpProfile | undefined): AuditEventEntity[] {
  const what =
    studyInstanceUid === null
      ? { reference: `Patient/${personId}` }
      : { reference: `ImagingStudy/${studyInstanceUid}` };
  if (studyInstanceUid === null && (balp === undefined || personId === null)) return [];
  return [{ what, type: type('2'), role: DOMAIN_RESOURCE }];
}

function objectOf({ object, breakGlassId }: AccessRow): AuditEventEntity[] {
  const objects = [
    ...(object === null ? [] : [object]),
    ...(breakGlassId === null ? [] : [{ kind: 'break-glass', id: breakGlassId }]),
  ];
  return objects.map(({ kind, id }) => ({
    what: { identifier: { system: `urn:yinglian:${kind}`, value: id } },
    type: type('2'),
    role: role('20', 'Job'),
  }));
}
