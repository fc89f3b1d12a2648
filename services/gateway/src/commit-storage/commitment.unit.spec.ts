import { describe, expect, it } from '@jest/globals';
import {
  dicomJsonOf,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  readDataSet,
  writeDataSet,
} from '@yinglian/dicom';
import { commitmentRequestOf, decide, eventInformationOf, eventTypeOf, type Knowledge } from './commitment.js';

const CT = '1.2.840.10008.5.1.4.1.1.2';
const instance = (sopInstanceUid: string) => ({ sopClassUid: CT, sopInstanceUid });
const request = { transactionUid: '1.2.3', instances: [instance('1.1'), instance('1.2')] };
const registered: Knowledge = { sopClassUid: CT, fate: 'registered' };
const known = (of: Record<string, Knowledge>) => (uid: string) => of[uid];

describe('storage commitment (PS3.4 annex J)', () => {
  it('is not decided while an instance is on its way, unless it has been for too long', () => {
    const knowledge = known({ '1.1': registered, '1.2': 'waiting' });
    expect(decide(request, knowledge, false)).toBeUndefined();
    expect(decide(request, knowledge, true)).toEqual({
      transactionUid: '1.2.3',
      committed: [instance('1.1')],
      failed: [{ ...instance('1.2'), reason: 0x0110 }],
    });
  });

  it.each<[fate: string, knowledge: Knowledge, reason: number]>([
    ['unknown', undefined, 0x0112],
    ['of another class', { sopClassUid: '1.2', fate: 'registered' }, 0x0119],
    ['quarantined', { sopClassUid: CT, fate: 'quarantined' }, 0x0110],
    ['refused', { sopClassUid: CT, fate: 'refused' }, 0x0110],
  ])('fails for an instance that is %s', (_, knowledge, reason) => {
    expect(decide(request, known({ '1.1': registered, '1.2': knowledge }), false)?.failed).toEqual([
      { ...instance('1.2'), reason },
    ]);
  });

  it.each([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN])('is written and read in %s', (syntax) => {
    const report = {
      transactionUid: '1.2.3',
      committed: [instance('1.1')],
      failed: [{ ...instance('1.25'), reason: 0x0112 as const }],
    };
    const json = dicomJsonOf(readDataSet(writeDataSet(eventInformationOf(report), syntax), syntax));
    expect(eventTypeOf(report)).toBe(2);
    expect(json['00081198']).toMatchObject({
      Value: [{ '00081155': { Value: ['1.25'] }, '00081197': { Value: [274] } }],
    });
    expect(commitmentRequestOf(json)).toEqual({ transactionUid: '1.2.3', instances: [instance('1.1')] });
  });

  it('is not asked for without a transaction, a list, or with what is no UID', () => {
    const list = {
      vr: 'SQ',
      Value: [{ '00081150': { vr: 'UI', Value: [CT] }, '00081155': { vr: 'UI', Value: ['1.1'] } }],
    };
    const uid = { vr: 'UI', Value: ['1.2.3'] };
    expect(commitmentRequestOf({ '00081195': uid, '00081199': list })).toBeDefined();
    expect(commitmentRequestOf({ '00081199': list })).toBeUndefined();
    expect(commitmentRequestOf({ '00081195': uid })).toBeUndefined();
    expect(commitmentRequestOf({ '00081195': uid, '00081199': { vr: 'SQ', Value: [] } })).toBeUndefined();
    expect(commitmentRequestOf({ '00081195': { vr: 'UI', Value: ['none'] }, '00081199': list })).toBeUndefined();
  });
});
