import { describe, expect, it } from '@jest/globals';
import { accessRow, KINDS_OF_ROWS } from '../testing/access-rows.js';
import { schemaFaults } from '../testing/audit-message-schema.js';
import { readXml } from '../testing/read-xml.js';
import { auditMessage } from './audit-message.js';
import { syslogFrame } from './syslog-frame.js';

describe('an audit message', () => {
  it('says who did what with what, and where that stands in the log', () => {
    const id = (type: string) => `<ParticipantObjectIDTypeCode csd-code="${type}"`;
    expect(auditMessage(accessRow(), 'audit.example').replaceAll('><', '>\n<').split('\n')).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<AuditMessage>',
      '<EventIdentification EventActionCode="R" EventDateTime="2026-11-24T08:00:00.000Z" EventOutcomeIndicator="0">',
      '<EventID csd-code="110103" codeSystemName="DCM" originalText="DICOM Instances Accessed"/>',
      '<EventTypeCode csd-code="study.retrieve" codeSystemName="urn:yinglian:action" originalText="study.retrieve"/>',
      '<EventOutcomeDescription>TREATING_HOSPITAL</EventOutcomeDescription>',
      '</EventIdentification>',
      '<ActiveParticipant UserID="dr.lin" UserName="林医生" UserIsRequestor="true">',
      '<RoleIDCode csd-code="clinician" codeSystemName="urn:yinglian:role" originalText="clinician"/>',
      '</ActiveParticipant>',
      '<ActiveParticipant UserID="study-registry" UserIsRequestor="false">',
      '<RoleIDCode csd-code="110150" codeSystemName="DCM" originalText="Application"/>',
      '</ActiveParticipant>',
      '<AuditSourceIdentification AuditSourceID="audit.example">',
      '<AuditSourceTypeCode csd-code="4"/>',
      '</AuditSourceIdentification>',
      '<ParticipantObjectIdentification ParticipantObjectID="P00000000000000000000000007" ParticipantObjectTypeCode="1" ParticipantObjectTypeCodeRole="1">',
      `${id('2')} codeSystemName="RFC-3881" originalText="Patient Number"/>`,
      '<ParticipantObjectName>P00000000000000000000000007</ParticipantObjectName>',
      '</ParticipantObjectIdentification>',
      '<ParticipantObjectIdentification ParticipantObjectID="1.2.3.7" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="3">',
      `${id('110180')} codeSystemName="DCM" originalText="Study Instance UID"/>`,
      '<ParticipantObjectName>1.2.3.7</ParticipantObjectName>',
      '</ParticipantObjectIdentification>',
      '<ParticipantObjectIdentification ParticipantObjectID="7" ParticipantObjectTypeCode="2" ParticipantObjectTypeCodeRole="13">',
      `${id('record')} codeSystemName="urn:yinglian:object" originalText="record of the sealed log"/>`,
      '<ParticipantObjectName>7</ParticipantObjectName>',
      '<ParticipantObjectDetail type="accessId" value="MDE5MmYwYzEtNWY0ZS03YzNhLTliMWQtMDAwMDAwMDAwMDA3"/>',
      '<ParticipantObjectDetail type="count" value="Mw=="/>',
      '<ParticipantObjectDetail type="purposeOfUse" value="VFJFQVQ="/>',
      '<ParticipantObjectDetail type="policies" value="Y2xpbmljaWFuLW9wZW5z"/>',
      '</ParticipantObjectIdentification>',
      '</AuditMessage>',
    ]);
  });

  it.each(KINDS_OF_ROWS)('of %s keeps the schema of PS3.15', (_, row) => {
    expect(schemaFaults(readXml(auditMessage(row, 'audit.example')))).toEqual([]);
  });

  it('is found to break the schema where it does', () => {
    const sound = auditMessage(accessRow(), 'audit.example');
    const broken = [
      sound.replace('EventActionCode="R"', 'EventActionCode="X"'),
      sound.replace(/<EventID [^>]*>/, ''),
      sound.replace(/(<EventID [^>]*>)(<EventTypeCode [^>]*>)/, '$2$1'),
      sound.replace('UserID="dr.lin" ', ''),
      sound.replace('value="Mw=="', 'value="3"'),
      sound.replace('<EventOutcomeDescription>', '<EventOutcomeDescription/><EventOutcomeDescription>'),
      sound.replaceAll('RoleIDCode', 'Role'),
    ];
    expect(broken.map((message) => schemaFaults(readXml(message)).length > 0)).toEqual(broken.map(() => true));
  });

  it('carries signs that XML does not allow in no form, and all others as they are', () => {
    const displayName = '王<"&">\u0000\u001B\uD800 医生';
    const message = readXml(auditMessage(accessRow({ actor: { ...accessRow().actor, displayName } }), 'x'));
    expect(message.children[1]?.attributes.UserName).toBe('王<"&">\uFFFD\uFFFD\uFFFD 医生');
  });
});

describe('a syslog frame', () => {
  it('is the message of RFC 5424 behind its length in octets', () => {
    const at = new Date('2026-11-24T08:00:00.000Z');
    const frame = syslogFrame('<A>医</A>', at, { hostname: 'au dit', processId: 7 }).toString();
    const said = '<85>1 2026-11-24T08:00:00.000Z audit yinglian 7 DICOM+RFC3881 - \uFEFF<A>医</A>';
    expect(frame).toBe(`${Buffer.byteLength(said)} ${said}`);
  });
});
