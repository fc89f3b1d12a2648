import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merge, order, report, visit } from '../testing/sample-messages.js';
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
          { id: '339901198503120024', issuer: '' },
          { id: 'C77', issuer: '健康卡' },
        ],
      },
    });
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

  it('a merge names the number that stays and the one that is given up', () => {
    expect(factsOf(merge('MZ9'))).toMatchObject({
      patient: { id: 'ZY1' },
      facts: [{ kind: 'merge', merged: { issuer: '', id: 'MZ9' } }],
    });
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
