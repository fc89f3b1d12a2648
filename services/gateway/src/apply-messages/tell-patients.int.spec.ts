import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageDesk } from '../testing/message-desk.js';
import { order, visit } from '../testing/sample-messages.js';

const PHONE = { 13: '13800138000' };

describe('a patient', () => {
  let desk: MessageDesk;
  beforeEach(async () => {
    desk = await MessageDesk.open({});
  });
  afterEach(() => desk.close());

  const observed = () =>
    desk
      .told()
      .filter(({ type }) => type.startsWith('patient.observed'))
      .map(({ type, data: { phones, addresses, sex } }) => ({ type, phones, addresses, sex }));

  it('is told again when A08 or A31 says something else of it, and only then', async () => {
    const lines = ['文三路18号'];
    await desk.send(visit('A28', { pid: PHONE }));
    await desk.send(visit('A31', { pid: PHONE }));
    await desk.send(visit('A08', { pid: { ...PHONE, 11: '文三路18号' } }));
    await desk.send(visit('A08', { pid: { 8: '' } }));
    await desk.send(visit('A31', { pid: { 13: '13900139000', 8: '1' } }));
    await desk.send(order({ pid: { 13: '13700137000' } }));
    const address = { lines, district: '', city: '', state: '', postalCode: '' };
    expect(observed()).toEqual([
      { type: 'patient.observed.v3', phones: ['13800138000'], addresses: [], sex: 'F' },
      { type: 'patient.observed.v3', phones: ['13800138000'], addresses: [address], sex: 'F' },
      { type: 'patient.observed.v3', phones: ['13900139000'], addresses: [address], sex: 'M' },
    ]);
  });

  it('whom an older gateway knew is told again when there is more to say', async () => {
    const name = { ideographic: '沈^清秋', charsetGuessed: false };
    const kept = { name, birthDate: '19850312', sex: 'F', otherIds: [] };
    desk.ledger.transaction(() => {
      desk.ledger
        .prepare('INSERT INTO patients (issuer, id, description, changed_at) VALUES (?, ?, ?, ?)')
        .run('', 'ZY1', JSON.stringify(kept), '2026-11-01T00:00:00.000Z');
    });
    await desk.send(visit('A31', { controlId: 'nothing new' }));
    expect(observed()).toEqual([]);
    await desk.send(visit('A31', { pid: PHONE }));
    expect(observed()).toEqual([{ type: 'patient.observed.v3', phones: ['13800138000'], addresses: [], sex: 'F' }]);
  });
});
