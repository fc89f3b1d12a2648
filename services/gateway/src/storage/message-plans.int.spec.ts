import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { MessageDesk } from '../testing/message-desk.js';
import { merge, order, report, visit } from '../testing/sample-messages.js';

const Step = z.object({ detail: z.string() });

let desk: MessageDesk;
beforeAll(async () => {
  desk = await MessageDesk.open({ senders: [{ application: 'HIS', ignore: ['SIU^*'] }, { application: 'RIS' }] });
});
afterAll(() => desk.close());

/** What may be read whole: lists in the statement itself, and tables that stay small. */
const SMALL =
  /^SCAN (CONSTANT ROW|json_each|message_days|outgoing_events|messages USING COVERING INDEX messages_by_reason)/;

it('every statement that a message or its handling runs finds its rows by an index', async () => {
  const messages = [
    visit('A01'),
    order(),
    report(['OBX|1|TX|1^所见||正常']),
    visit('A01', { patientClass: 'Q' }),
    merge('MZ9'),
  ];
  for (const message of [...messages, ...messages]) await desk.send(message);
  const [parked] = desk.list.execute().messages;
  desk.list.execute({ reason: 'CODE_UNKNOWN' });
  await desk.replay.execute({ sequences: [parked?.sequence ?? 0] });
  await desk.replay.execute({ reason: 'CODE_UNKNOWN' });
  await desk.applied();
  await desk.discard.execute({ sequence: parked?.sequence ?? 0, reason: '测试', by: 'li' });
  await desk.forget.execute(new Date());
  await desk.applied();
  const { statements } = desk.ledger as unknown as { statements: ReadonlyMap<string, unknown> };
  const asked = [...statements.keys()].filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)/.test(sql));
  expect(asked.length).toBeGreaterThan(20);
  const whole = asked.flatMap((sql) =>
    desk
      .rows(Step, `EXPLAIN QUERY PLAN ${sql}`)
      .filter(({ detail }) => /^SCAN/.test(detail) && !SMALL.test(detail))
      .map(({ detail }) => ({ sql, detail })),
  );
  expect(whole).toEqual([]);
});
