import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PatientObservedV3 } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';

const ADDRESS = { lines: ['文三路391号2幢301室'], district: '', city: '杭州市', state: '', postalCode: '' };

describe('what is kept of who lives where', () => {
  let service: ConsentAuditService;
  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());

  const observed = (id: string, ideographic: string, more: object = {}) =>
    service.told(PatientObservedV3, {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id },
      name: { ideographic, charsetGuessed: false },
      birthDate: '',
      sex: 'M',
      otherIds: [],
      studyInstanceUid: null,
      observedAt: '2026-11-24T08:00:00.000Z',
      phones: [],
      addresses: [ADDRESS],
      mother: null,
      birthOrder: null,
      ...more,
    });
  const kept = async () => {
    await service.settled();
    const rows = await service.app
      .get(Database)
      .query<{ id: string; household: Buffer }>('SELECT patient_id AS id, household FROM patient_households');
    return new Map(rows.map(({ id, household }) => [id, household.toString('hex')]));
  };

  it('is one digest for a family, another for others, and names neither', async () => {
    await observed('FATHER', '陈^建国');
    await observed('SON', '陳小明', { addresses: [{ ...ADDRESS, lines: ['杭州市文三路３９１号', '2幢301室'] }] });
    await observed('WIFE', '林^美玲');
    await observed('HOMELESS', '陈^一', { addresses: [] });
    const households = await kept();
    expect(households.get('FATHER')).toMatch(/^[0-9a-f]{32}$/);
    expect(households.get('SON')).toBe(households.get('FATHER'));
    expect(households.get('WIFE')).not.toBe(households.get('FATHER'));
    expect(households.has('HOMELESS')).toBe(false);
  });

  it('follows who moves, and nobody who says nothing, or said it before', async () => {
    await observed('MOVER', '陈^二');
    const before = (await kept()).get('MOVER');
    const elsewhere = [{ ...ADDRESS, lines: ['莫干山路8号'] }];
    await observed('MOVER', '陈^二', { addresses: elsewhere, observedAt: '2026-11-23T08:00:00.000Z' });
    await observed('MOVER', '陈^二', { addresses: [], observedAt: '2026-11-26T08:00:00.000Z' });
    expect((await kept()).get('MOVER')).toBe(before);
    await observed('MOVER', '陈^二', { addresses: elsewhere, observedAt: '2026-11-27T08:00:00.000Z' });
    expect((await kept()).get('MOVER')).not.toBe(before);
  });
});
