import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { MessageDesk } from '../testing/message-desk.js';
import { merge, order, report, visit } from '../testing/sample-messages.js';
import { eventually } from '../testing/test-gateway.js';

const ITEMS = { CT0102: { code: 'CT-CHEST-01', modality: 'CT', bodyPart: 'CHEST' } };

describe('a message that cannot be mapped', () => {
  let desk: MessageDesk;
  beforeEach(async () => {
    desk = await MessageDesk.open({ senders: [{ application: 'HIS', items: ITEMS }, { application: 'RIS' }] });
  });
  afterEach(() => desk.close());

  const parked = () =>
    desk.list.execute().messages.map(({ reason, place, waitingBehind }) => ({ reason, place, waitingBehind }));
  const sequences = () => desk.list.execute().messages.map(({ sequence }) => sequence);

  it.each([
    ['CODE_UNKNOWN', 'OBR-4', order({ item: 'XX9' })],
    ['CODE_UNKNOWN', 'PV1-2', visit('A01', { patientClass: 'Q' })],
    ['CODE_UNKNOWN', 'ORC-1', order({ control: 'ZZ' })],
    ['PATIENT_ID_MISSING', 'PID-3', visit('A01', { patientId: '' })],
    ['VISIT_NUMBER_MISSING', 'PV1-19', visit('A01', { visit: '' })],
    ['MERGED_PATIENT_ID_MISSING', 'MRG-1', merge('')],
    ['ORDER_NUMBER_MISSING', 'ORC-2', order({ placer: '', accession: '' })],
    ['TYPE_UNKNOWN', 'MSH-9', visit('A17')],
    ['SENDER_UNKNOWN', 'MSH-3', visit('A01', { application: 'LIS' })],
    ['REPORT_EMPTY', 'OBX-5', report([])],
    ['DOCUMENT_UNREADABLE', 'OBX-5', report(['OBX|1|ED|PDF||^AP^PDF^Base64^%%%'])],
    ['VALUE_TOO_LONG', 'PV1-19', visit('A01', { visit: 'V'.repeat(65) })],
  ])('is acknowledged and parked as %s at %s', async (reason, place, message) => {
    expect(await desk.send(message)).toBe('AA');
    expect(parked()).toEqual([{ reason, place, waitingBehind: 0 }]);
    expect(desk.told()).toEqual([]);
    await eventually('the alarm is raised', async () => desk.alarms.list().length > 0);
    expect(desk.alarms.list()).toMatchObject([{ code: 'MESSAGES_PARKED', details: { messages: 1 } }]);
  });

  it('without a header that can be read is rejected, and kept all the same', async () => {
    expect(await desk.send('PID|1||ZY1\r')).toBe('AR');
    expect(parked()).toEqual([{ reason: 'HEADER_UNREADABLE', place: 'MSH', waitingBehind: 0 }]);
  });

  it('is applied when the mapping was mended and it is replayed, alone or with all of its reason', async () => {
    for (const [index, item] of ['XX1', 'XX2', 'XX3'].entries()) {
      await desk.send(order({ item, placer: `S${index}`, accession: `A${index}`, patientId: `P${index}` }));
    }
    expect(await desk.replay.execute({ sequences: sequences().slice(0, 1) })).toEqual({ replayed: 1 });
    await desk.applied();
    expect(parked()).toHaveLength(3);
    await desk.mend({
      senders: [
        { application: 'HIS', items: { ...ITEMS, XX1: { code: 'N1' }, XX2: { code: 'N2' }, XX3: { code: 'N3' } } },
        { application: 'RIS' },
      ],
    });
    expect(await desk.replay.execute({ sequences: sequences().slice(0, 1) })).toEqual({ replayed: 1 });
    await desk.applied();
    expect(await desk.replay.execute({ reason: 'CODE_UNKNOWN' })).toEqual({ replayed: 2 });
    await desk.applied();
    expect(desk.list.execute()).toEqual({ messages: [], byReason: [] });
    expect(desk.told().flatMap(({ type, data }) => (type === 'order.placed.v1' ? [data.item] : []))).toEqual(
      ['N1', 'N2', 'N3'].map((provincialCode, index) => ({
        localCode: `XX${index + 1}`,
        localName: '胸部CT平扫',
        provincialCode,
      })),
    );
    await eventually('the alarm is over', async () => desk.alarms.list().length === 0);
  });

  it('holds up its own order and no other', async () => {
    await desk.send(order({ item: 'XX9' }));
    await desk.send(order({ control: 'CA' }));
    await desk.send(visit('A01'));
    await desk.send(order({ placer: 'SQ2', accession: 'CT2' }));
    expect(parked()).toEqual([{ reason: 'CODE_UNKNOWN', place: 'OBR-4', waitingBehind: 1 }]);
    expect(desk.toldOf()).toEqual(['patient.observed.v3 ZY1', 'encounter.recorded.v1 ZY1', 'order.placed.v1 ZY1']);
    await desk.mend({ senders: [{ application: 'HIS', items: { ...ITEMS, XX9: { code: 'N9' } } }] });
    await desk.replay.execute({ reason: 'CODE_UNKNOWN' });
    await desk.applied();
    const exam = z.object({ placer_order_number: z.string(), cancelled: z.number() });
    expect(
      desk.rows(exam, 'SELECT placer_order_number, cancelled_at IS NOT NULL AS cancelled FROM exams ORDER BY 1'),
    ).toEqual([
      { placer_order_number: 'SQ1', cancelled: 1 },
      { placer_order_number: 'SQ2', cancelled: 0 },
    ]);
    expect(desk.told().flatMap(({ data }) => data.status ?? [])).toEqual(['active', 'placed', 'placed', 'cancelled']);
  });

  it('that merges two patients is passed by nothing of either, and by all of others', async () => {
    await desk.send(merge('MZ9', { application: 'LIS' }));
    await desk.discard.execute({ sequence: sequences()[0] ?? 0, reason: '测试', by: 'li' });
    await desk.mend({ senders: [{ fields: { mergedPatientId: 'ZMG-1' } }] });
    await desk.send(merge('MZ9', { patientId: 'ZY1' }));
    expect(parked()).toMatchObject([{ reason: 'MERGED_PATIENT_ID_MISSING' }]);
    await desk.send(order({ patientId: 'ZY1' }));
    await desk.send(visit('A04', { patientId: 'ZY1' }));
    await desk.send(visit('A04', { patientId: 'ZY2' }));
    expect(parked()).toMatchObject([{ waitingBehind: 2 }]);
    expect(desk.toldOf()).toEqual(['patient.observed.v3 ZY2', 'encounter.recorded.v1 ZY2']);
    await desk.mend({ senders: [{}] });
    await desk.replay.execute({ reason: 'MERGED_PATIENT_ID_MISSING' });
    await desk.applied();
    expect(desk.toldOf().slice(2)).toEqual([
      'patient.observed.v3 ZY1',
      'patient.merged.v1 ZY1',
      'order.placed.v1 ZY1',
      'encounter.recorded.v1 ZY1',
    ]);
  });

  it('may be discarded by a person with a reason, and lets go what waited behind it', async () => {
    await desk.send(visit('A01', { patientClass: 'Q' }));
    await desk.send(visit('A03'));
    const [sequence = 0] = sequences();
    const discarding = { sequence, reason: '重复登记', by: 'li' };
    expect(await desk.discard.execute(discarding)).toBe('discarded');
    expect(await desk.discard.execute(discarding)).toBe('notParked');
    await desk.applied();
    expect(desk.toldOf()).toEqual(['patient.observed.v3 ZY1', 'encounter.recorded.v1 ZY1']);
    const kept = z.object({ state: z.string(), reason: z.string(), decided_by: z.string(), has_bytes: z.number() });
    expect(
      desk.rows(
        kept,
        `SELECT state, reason, decided_by, length(bytes) > 0 AS has_bytes FROM messages WHERE sequence = ${sequence}`,
      ),
    ).toEqual([{ state: 'discarded', reason: '重复登记', decided_by: 'li', has_bytes: 1 }]);
  });

  it('stays when applied ones of the same age are forgotten', async () => {
    await desk.send(visit('A01', { patientId: 'A' }));
    await desk.send(visit('A01', { patientId: 'B', patientClass: 'Q' }));
    expect(await desk.forget.execute(new Date())).toBe(0);
    expect(await desk.forget.execute(new Date(Date.now() + 31 * 86_400_000))).toBe(1);
    expect(desk.rows(z.object({ state: z.string() }), 'SELECT state FROM messages')).toEqual([{ state: 'parked' }]);
  });

  it('is counted, beside what is heard of each sender', async () => {
    const twice = visit('A01', { patientId: 'A', facility: 'X' });
    await desk.send(twice);
    await desk.send(twice);
    await desk.send(visit('A01', { patientClass: 'Q' }));
    await desk.send(visit('A03'));
    const { today, senders, ...open } = desk.status.execute(new Date());
    expect({ today, ...open }).toEqual({
      today: { received: 3, duplicates: 1, applied: 1, ignored: 0 },
      parked: 1,
      waiting: 1,
      toApply: 0,
    });
    expect(senders.map(({ lastMessageAt: _, ...sender }) => sender)).toEqual([
      { application: 'HIS', facility: 'H1', receivedToday: 2, duplicatesToday: 0 },
      { application: 'HIS', facility: 'X', receivedToday: 1, duplicatesToday: 1 },
    ]);
  });

  it('of a type that the hospital ignores is none', async () => {
    await desk.mend({ senders: [{ ignore: ['SIU^*'] }] });
    expect(await desk.send(visit('A01').replace('ADT^A01', 'SIU^S12'))).toBe('AA');
    expect([parked(), desk.told()]).toEqual([[], []]);
  });
});

it('a message for which there is no room is answered with AE and not kept', async () => {
  const desk = await MessageDesk.open();
  desk.hasRoom = false;
  expect(await desk.send(visit('A01'))).toBe('AE');
  expect(desk.status.execute(new Date()).today.received).toBe(0);
  await desk.close();
});
