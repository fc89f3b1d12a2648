import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessRecordedV1, type EventData } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';

type Access = EventData<typeof AccessRecordedV1>;

describe('the audit trail', () => {
  let service: ConsentAuditService;
  let golden: Access;

  const listed = async (access: Access) => {
    await service.settled();
    const { body } = await service.ask('auditor', null, 'GET', `accesses?personId=${access.personId}`);
    return body.items.filter(({ accessId }: Access) => accessId === access.accessId);
  };
  const access = (person: number): Access => ({
    ...golden,
    accessId: randomUUID(),
    personId: `P${String(person).padStart(26, '0')}`,
  });

  beforeAll(async () => {
    const file = new URL('../../../../libs/contracts/src/golden/access.recorded.v1.json', import.meta.url);
    golden = AccessRecordedV1.data.parse(JSON.parse(await readFile(file, 'utf8')));
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());

  it('adds up the looks of one access, whether they come together or apart', async () => {
    const one = access(1);
    const look = (at: string, count: number) => service.recorded({ ...one, at, count }, randomUUID());
    await look('2026-11-24T08:00:00.000Z', 1);
    await look('2026-11-24T08:00:05.000Z', 40);
    await service.settled();
    await look('2026-11-24T08:00:10.000Z', 7);
    expect(await listed(one)).toMatchObject([
      {
        accessId: one.accessId,
        count: 48,
        at: '2026-11-24T08:00:00.000Z',
        lastAt: '2026-11-24T08:00:10.000Z',
        actor: one.actor,
        decision: one.decision,
      },
    ]);
  });

  it('counts an event once although the log delivers it again, even when the inbox has forgotten it', async () => {
    const one = access(2);
    await service.recorded(one, randomUUID());
    await service.recorded({ ...one, count: 9 }, randomUUID());
    expect(await listed(one)).toMatchObject([{ count: 10 }]);
    await service.app.get(Database).query('DELETE FROM inbox');
    await service.stopService();
    const rewound = await service.log.query(
      "UPDATE event_log.offsets SET position = 0 WHERE topic = 'audit' AND consumer_group = 'consent-audit' RETURNING 1",
    );
    expect(rewound).not.toEqual([]);
    await service.startService();
    expect(await listed(one)).toMatchObject([{ count: 10 }]);
  });
});
