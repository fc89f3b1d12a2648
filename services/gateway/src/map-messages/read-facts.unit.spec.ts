import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merge, order, referral, report, visit } from '../testing/sample-messages.js';
import { Hl7Settings } from './hl7-settings.js';
import { readFacts } from './read-facts.js';

const RECEIVED_AT = '2026-11-24T09:00:00.000Z';
const read = (message: string, hl7: object = {}) =>
  readFacts(Buffer.from(message), Hl7Settings.parse(hl7), RECEIVED_AT);
const factsOf = (message: string, sender: object = {}) => {
  const reading = read(message, { senders: [sender] });
  if (reading.kind !== 'facts') throw new Error(JSON.stringify(reading));
  return reading.facts;
};
const factOf = (message: string, sender: object = {}) => factsOf(message, sender).facts[0];

describe('what a message means', () => {
  it.each([
    ['A01', 'active', '2026-11-24T02:15:00.000Z', null],
    ['A03', 'ended', null, '2026-11-24T02:15:00.000Z'],
    ['A04', 'active', '2026-11-24T02:15:00.000Z', null],
    ['A08', null, null, null],
    ['A11', 'cancelled', null, null],
    ['A13', 'active', null, null],
  ])('%s makes a visit %s', (trigger, status, startedAt, endedAt) => {
    expect(factOf(visit(trigger))).toEqual({
      kind: 'encounter',
      encounterId: 'V1',
      encounterClass: 'inpatient',
      status,
      department: 'RES',
      startedAt,
      endedAt,
    });
  });

  it.each([
    ['NW', '', 'placed'],
    ['CA', '', 'cancelled'],
    ['DC', '', 'cancelled'],
    ['XO', '', 'changed'],
    ['SC', 'IP', 'performed'],
    ['SC', 'CM', 'performed'],
    ['SC', 'SC', 'changed'],
    ['SC', 'CA', 'cancelled'],
    ['', '', 'placed'],
  ])('ORC-1 %j with ORC-5 %j is an order %s', (control, status, meaning) => {
    const message = order({ control }).replace(/(ORC\|[^|]*\|[^|]*\|[^|]*\|)\|/, `$1|${status}`);
    expect(factOf(message)).toMatchObject({ kind: 'order', status: meaning });
  });

  it.each([
    ['I12', 'A', 'active'],
    ['I12', 'P', 'active'],
    ['I12', '', 'active'],
    ['I13', 'R', 'cancelled'],
    ['I13', 'E', 'ended'],
    ['I14', 'A', 'cancelled'],
  ])('%s with RF1-1 %j is a referral %s', (trigger, status, meaning) => {
    expect(factsOf(referral(trigger, { status, ends: '20261224' })).facts).toEqual([
      {
        kind: 'referral',
        referralId: 'ZZ1',
        referredTo: 'H002',
        status: meaning,
        effectiveAt: '2026-11-23T16:00:00.000Z',
        expiresAt: '2026-12-24T16:00:00.000Z',
      },
    ]);
  });

  it('a referral is to each hospital of who is referred to, by the hospital’s names of them', () => {
    const codes = { referredTo: { 省立医院: 'H002' } };
    const { facts } = factsOf(referral('I12', { to: ['省立医院', 'H003', 'H002'] }), { codes });
    expect(facts.map((fact) => fact.kind === 'referral' && fact.referredTo)).toEqual(['H002', 'H003']);
  });

  it.each([
    ['REFERRAL_NUMBER_MISSING', 'RF1-6', referral('I12', { number: '' })],
    ['REFERRED_TO_MISSING', 'PRD-4', referral('I12', { to: [] })],
    ['REFERRED_TO_MISSING', 'PRD-4', referral('I12', { to: [''] })],
    ['CODE_UNKNOWN', 'PRD-4', referral('I12', { to: ['省立医院'] })],
    ['CODE_UNKNOWN', 'RF1-1', referral('I12', { status: 'X' })],
    ['TYPE_UNKNOWN', 'MSH-9', referral('I15')],
  ])('a referral that lacks something is parked: %s at %s', (reason, place, message) => {
    expect(read(message)).toMatchObject({ kind: 'parked', problem: { reason, place } });
  });

  it('an OMI is an order, with the accession number and the study of IPC', () => {
    const message = `${order({ type: 'OMI^O23', accession: '' })}IPC|ACC9|RP9|1.2.840.9|SPS9|MR\r`;
    expect(factOf(message)).toMatchObject({
      numbers: { accessionNumber: 'ACC9', placerOrderNumber: 'SQ1', fillerOrderNumber: null },
      studyInstanceUid: '1.2.840.9',
      modality: 'MR',
    });
  });

  it.each([
    ['OBX|2|NM|00201208^^DCM||312', 312],
    ['OBX|2|ST|00201208||0312.0', 312],
    ['OBX|2|NM|00201208||0', null],
    ['OBX|2|NM|00201208||many', null],
    ['OBX|2|NM|00201209||312', null],
  ])('%s counts %s images', (observation, imageCount) => {
    expect(factOf(report(['OBX|1|TX|1^所见||正常', observation]))).toMatchObject({ kind: 'report', imageCount });
  });

  it('images are counted where the hospital’s file says, in reports and orders', () => {
    const fields = { imageCount: ['OBX(图像数)-5', 'ZIM-2'] };
    expect(factOf(report(['OBX|1|TX|1^所见||正常', 'OBX|2|NM|N^图像数||12']), { fields })).toMatchObject({
      imageCount: 12,
    });
    expect(factOf(`${order({ control: 'SC' })}ZIM|1|13\r`, { fields })).toMatchObject({ imageCount: 13 });
  });

  it.each([
    ['V', {}, 'very-restricted'],
    ['PSY', {}, 'restricted'],
    ['U', {}, 'normal'],
    ['', {}, undefined],
    ['JX', {}, undefined],
    ['JX', { codes: { confidentiality: { JX: 'restricted' } } }, 'restricted'],
  ])('an order of confidentiality %j by %j is %s', (code, settings, confidentiality) => {
    const orc = `ORC|NW|SQ9${'|'.repeat(26)}${code}`;
    expect(factOf(order().replace(/ORC\|[^\r]*/, orc), settings as never)).toMatchObject({
      kind: 'order',
      confidentiality,
    });
  });

  it('confidentiality follows from the department where the hospital’s file says so', () => {
    const settings = { fields: { confidentiality: ['ORC-17'] }, codes: { confidentiality: { PSYCH: 'restricted' } } };
    const from = (department: string) => order().replace(/ORC\|[^\r]*/, `ORC|NW|SQ9${'|'.repeat(15)}${department}`);
    expect(factOf(from('PSYCH'), settings as never)).toMatchObject({ confidentiality: 'restricted' });
    expect(factOf(from('ORTH'), settings as never)).toMatchObject({ confidentiality: undefined });
  });

  it('several orders of one message are each read for themselves', () => {
    const more = ['ORC|NW|SQ2', 'OBR|2|SQ2||CT0103^腹部CT||||||||||||||CT2', 'ORC|CA|SQ3', 'OBR|3|SQ3'].join('\r');
    expect(
      factsOf(`${order()}${more}\r`).facts.map((fact) =>
        fact.kind === 'order' ? [fact.numbers.placerOrderNumber, fact.status] : [],
      ),
    ).toEqual([
      ['SQ1', 'placed'],
      ['SQ2', 'placed'],
      ['SQ3', 'cancelled'],
    ]);
  });

  it.each([
    ['P', 'preliminary'],
    ['F', 'final'],
    ['C', 'corrected'],
    ['X', 'withdrawn'],
  ])('a report of status %s is %s', (code, status) => {
    const message = report(['OBX|1|TX|1^所见||正常']).replace('||CT|F', `||CT|${code}`);
    expect(factOf(message)).toMatchObject({ kind: 'report', status });
  });

  it('a document in a report is what its bytes are, whatever components a sender leaves out', () => {
    const pdf = Buffer.from('%PDF-1.4 invented').toString('base64');
    const documents = factOf(
      report([
        `OBX|1|ED|1||^AP^PDF^Base64^${pdf}`,
        `OBX|2|ED|2||PDF^^BASE64^${pdf}`,
        `OBX|3|ED|3||^image^jpeg^Base64^${Buffer.from('abc').toString('base64')}`,
      ]),
    );
    expect(documents?.kind === 'report' && documents.documents.map(({ mediaType }) => mediaType)).toEqual([
      'application/pdf',
      'application/pdf',
      'image/jpeg',
    ]);
  });

  it('a patient’s names are told apart by their script, and ids beside the number are kept', () => {
    const message = visit('A28', { name: 'SHEN^QINGQIU~沈^清秋~^', residentId: '339901198503120024' }).replace(
      'ZY1^^^H1',
      'ZY1^^^H1~C77^^^YBK^健康卡',
    );
    expect(factsOf(message, { issuerOfPatientId: 'HIS' }).patient).toEqual({
      issuer: 'HIS',
      id: 'ZY1',
      description: {
        name: { alphabetic: 'SHEN^QINGQIU', ideographic: '沈^清秋', charsetGuessed: false },
        birthDate: '19850312',
        sex: 'F',
        otherIds: [
          { id: '339901198503120024', issuer: '', type: 'RESIDENT_ID' },
          { id: 'C77', issuer: 'YBK', type: 'HEALTH_CARD' },
        ],
        phones: [],
        addresses: [],
        mother: null,
        birthOrder: null,
      },
    });
  });

  const descriptionOf = (message: string, sender: object = {}) => factsOf(message, sender).patient.description;

  it('a card that comes without an issuer has the one that the hospital names', () => {
    const message = visit('A28', {}).replace('ZY1^^^H1', 'ZY1^^^H1~C77^^^^健康卡~C78^^^YBK^健康卡');
    const issuerOf = (sender: object) => descriptionOf(message, sender).otherIds.map(({ id, issuer }) => [id, issuer]);
    expect(issuerOf({})).toEqual([
      ['C77', ''],
      ['C78', 'YBK'],
    ]);
    expect(issuerOf({ issuers: { HEALTH_CARD: '330000' } })).toEqual([
      ['C77', '330000'],
      ['C78', 'YBK'],
    ]);
  });

  it('a hospital says where it has documents, phones, addresses and the mother, and what its kinds of numbers are', () => {
    const sender = {
      fields: {
        residentId: ['ZPI-1', 'PID-19'],
        passport: 'ZPI-2.3',
        otherIds: ['PID-3', 'ZPI-3'],
        phones: ['PID-13', 'ZPI-4[2]', 'ZPI-5.2'],
        addresses: ['ZPI-6.2'],
        motherId: 'ZPI-7',
        motherName: 'ZPI-8',
        birthOrder: 'ZPI-9',
      },
      codes: { identifierType: { 社保卡: 'INSURANCE', HC: 'INSURANCE', 卡: '' }, multipleBirth: { 双胎: 'yes' } },
    };
    const pid = { 3: 'ZY1^^^H1~H1^^^YBK^HC~K2^^^^卡', 13: '13800138000', 24: '双胎' };
    const zpi = 'ZPI||护照^^E12345678|S3^^^HZ^社保卡|111~222|家^333|住址^文三路18号|M7|沈^清秋|03';
    expect(descriptionOf(`${visit('A28', { pid })}${zpi}\r`, sender)).toMatchObject({
      otherIds: [
        { id: 'E12345678', issuer: '', type: 'PASSPORT' },
        { id: 'H1', issuer: 'YBK', type: 'INSURANCE' },
        { id: 'S3', issuer: 'HZ', type: 'INSURANCE' },
      ],
      phones: ['13800138000', '222', '333'],
      addresses: [{ lines: ['文三路18号'], district: '', city: '', state: '', postalCode: '' }],
      mother: { id: 'M7', name: '沈^清秋' },
      birthOrder: 3,
    });
  });

  it.each([
    ['Y', '2', 2],
    ['', '2', 2],
    ['?', '2', 2],
    ['N', '2', null],
    ['Y', '', null],
    ['Y', '0', null],
    ['Y', '17', null],
    ['Y', '次子', null],
  ])('PID-24 %j with PID-25 %j is birth order %j', (multiple, order, birthOrder) => {
    expect(descriptionOf(visit('A28', { pid: { 24: multiple, 25: order } }))).toMatchObject({ birthOrder });
  });

  it.each([
    ['E12345678', [{ id: 'E12345678', issuer: '', type: 'UNKNOWN' }]],
    ['110105491231002', [{ id: '110105491231002', issuer: '', type: 'RESIDENT_ID' }]],
    ['', []],
  ])('%j where a resident id belongs is %j', (residentId, otherIds) => {
    expect(descriptionOf(visit('A28', { residentId }))).toMatchObject({ otherIds });
  });

  it('a number of a visit in PID-18 is none of the patient’s', () => {
    expect(descriptionOf(visit('A28', { pid: { 18: '202611240000012345' } }))).toMatchObject({ otherIds: [] });
  });

  it('what is too long or too much in a description is left out, and holds nothing up', () => {
    const many = (each: (at: number) => string) => Array.from({ length: 20 }, (_, at) => each(at)).join('~');
    const long = '9'.repeat(10_000);
    const pid = {
      3: `ZY1~${long}~${many((at) => `N${at}^^^${long}^MR`)}`,
      6: '名'.repeat(10_000),
      11: many((at) => `${at}号^${long}^${long}^${long}^${long}^^^^${long}`),
      13: `${long}~${many((at) => `1380013800${at}`)}`,
      21: long,
      25: long,
    };
    const { otherIds, phones, addresses, mother, birthOrder } = descriptionOf(visit('A28', { pid }));
    expect([otherIds.length, phones.length, addresses.length, mother?.id, mother?.name.length, birthOrder]).toEqual([
      16,
      4,
      4,
      '',
      324,
      null,
    ]);
  });

  it('the hospital’s own places, tables and items go before the presets', () => {
    const sender = {
      fields: { visitNumber: ['ZPV-2', 'PV1-19'], department: 'ZPV-3' },
      codes: { patientClass: { I: 'emergency' }, department: { '0301': 'RAD' } },
      items: { CT0102: { code: 'N1', bodyPart: 'CHEST' } },
    };
    expect(factOf(`${visit('A01')}ZPV||Z7|0301\r`, sender)).toMatchObject({
      encounterId: 'Z7',
      encounterClass: 'emergency',
      department: 'RAD',
    });
    expect(factOf(order(), { items: sender.items })).toMatchObject({
      item: { localCode: 'CT0102', localName: '胸部CT平扫', provincialCode: 'N1' },
      modality: 'CT',
      bodyPart: 'CHEST',
    });
  });

  it('"" says that there is none, and a place after it does not count', () => {
    const message = visit('A01').replace('RES^12^01', '""');
    expect(factOf(message, { fields: { department: ['PV1-3', 'PID-3'] } })).toMatchObject({ department: null });
  });

  it.each(['A18', 'A34', 'A36', 'A40'])('%s names the number that stays and the one that is given up', (trigger) => {
    expect(factsOf(merge('MZ9').replace('ADT^A40', `ADT^${trigger}`))).toMatchObject({
      patient: { id: 'ZY1' },
      facts: [{ kind: 'merge', merged: { issuer: '', id: 'MZ9' } }],
    });
  });

  it.each(['A37', 'A47'])('%s is no merge, and left to a person', (trigger) => {
    const reading = read(merge('MZ9').replace('ADT^A40', `ADT^${trigger}`));
    expect(reading).toMatchObject({ kind: 'parked', problem: { reason: 'TYPE_UNKNOWN' } });
  });

  it('is found, or parked with a reason and a place, of whatever a sender makes of a message', () => {
    const whole = [visit('A01'), order(), report(['OBX|1|TX|1^所见||正常']), merge('MZ9')];
    const spoilt = fc
      .tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(40), fc.string({ unit: fc.constantFrom(...'|^~\\&"\r0A张') }))
      .map(([message, at, length, instead]) => {
        const from = 20 + (at % (message.length - 20));
        return message.slice(0, from) + instead + message.slice(from + length);
      });
    fc.assert(
      fc.property(spoilt, (message) => {
        const reading = read(message);
        if (reading.kind === 'parked') expect(reading.problem.place).toMatch(/^[A-Z][A-Z0-9]{2}(-\d+)?$/);
      }),
      { numRuns: 500 },
    );
  });
});
