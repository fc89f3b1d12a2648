import { describe, expect, it } from '@jest/globals';
import { parseHospitalSettings } from '../follow-hospital-file/hospital-settings.js';
import { findSender } from './find-sender.js';
import { Hl7Settings } from './hl7-settings.js';

describe('section hl7 of a hospital’s file', () => {
  it.each([
    [{ timezone: '+0800' }, 'hl7: Unrecognized key: "timezone"'],
    [{ timeZone: 'Asia/Shanghai' }, 'hl7.timeZone: is no time zone; one is written like +0800'],
    [
      { senders: [{ ignore: ['A31'] }] },
      'hl7.senders.0.ignore.0: is no message type; one is written like ADT^A31 or SIU^*',
    ],
    [{ senders: [{ codes: { sex: { '1': 'male' } } }] }, 'hl7.senders.0.codes.sex.1: Invalid option'],
    [
      { senders: [{ codes: { identifierType: { 卡: 'CARD' } } }] },
      'hl7.senders.0.codes.identifierType.卡: Invalid option: expected one of "RESIDENT_ID"|',
    ],
    [{ senders: [{ codes: { addressUse: { 家: '' } } }] }, 'hl7.senders.0.codes.addressUse.家: Invalid option'],
    [{ senders: [{ items: { CT1: { modality: 'CT' } } }] }, 'hl7.senders.0.items.CT1.code: Invalid input'],
    [
      { senders: [{ fields: { patientld: 'PID-3' } }] },
      'hl7.senders.0.fields.patientld: is not a fact that is read; these are: patientId,',
    ],
    [{ senders: [{}, { application: 'RIS' }, {}] }, 'hl7.senders.2: is a second time * at *'],
    [{ senders: [] }, 'hl7.senders: Too small'],
  ])('%j is refused, and the place is named', (hl7, problem) => {
    expect(() => parseHospitalSettings(JSON.stringify({ hl7 }))).toThrow(problem);
  });

  it.each([
    'OBX()-5',
    'OBX( )-5',
    'OBX(A^B)-5',
    'OBR(IMAGES)-5',
    'PID',
    'PID-0',
    'PID-3.0',
    'pid-3',
    'PID-3[0]',
    'PID.3',
    'PID-3.1.1.1',
  ])('%j is no place', (place) => {
    expect(() =>
      parseHospitalSettings(JSON.stringify({ hl7: { senders: [{ fields: { patientId: place } }] } })),
    ).toThrow('hl7.senders.0.fields.patientId');
  });

  it('has presets for everything', () => {
    expect(Hl7Settings.parse(undefined)).toEqual({
      timeZone: '+0800',
      senders: [{ issuerOfPatientId: '', issuers: {}, ignore: [], fields: {}, codes: {} }],
    });
  });

  it('means the entry that names most of a sender', () => {
    const { senders } = Hl7Settings.parse({
      senders: [{}, { application: 'HIS' }, { facility: 'H1' }, { application: 'HIS', facility: 'H2' }],
    });
    expect([
      findSender(senders, 'LIS', 'H9'),
      findSender(senders, 'HIS', 'H9'),
      findSender(senders, 'LIS', 'H1'),
      findSender(senders, 'HIS', 'H2'),
    ]).toEqual(senders);
    expect(findSender(senders.slice(1), 'LIS', 'H9')).toBeUndefined();
  });
});
