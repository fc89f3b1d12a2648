import { Database } from '@yinglian/persistence';
import { z } from 'zod';
import { EventProcessor } from '../consume-events/event-processor.js';
import { openEventLog } from '../event-log/open-event-log.js';
import { messagingShape } from '../messaging.config.js';
import { cupEvents } from './cup-events.js';

/** A consumer for the contract of the logs, run as a process: it kills itself at the moment that the test names. */
const config = z
  .object({
    ...messagingShape,
    DATABASE_URL: z.string(),
    GROUP: z.string(),
    EVENT_TYPE: z.string(),
    DIES: z.enum(['before the effect commits', 'before the offset commits']),
  })
  .parse(process.env);

const die = () => process.kill(process.pid, 'SIGKILL');
const database = new Database({ url: config.DATABASE_URL, applicationName: 'mortal' });
const definition = cupEvents(config.EVENT_TYPE);
const processor = new EventProcessor(
  database,
  new Map([
    [
      definition.type,
      {
        definition,
        async handle(batch, { tx }) {
          for (const { data } of batch) {
            const { cup, pour } = definition.data.parse(data);
            await tx.query("INSERT INTO cups (cup, pour, member) VALUES ($1, $2, 'mortal')", [cup, pour]);
          }
          if (config.DIES === 'before the effect commits') die();
        },
      },
    ],
  ]),
);

await openEventLog(config, 'tea').subscribe({
  group: config.GROUP,
  families: ['persons'],
  async onRecords(records, signal) {
    await processor.process(records, signal);
    const [effect] = await database.query("SELECT 1 FROM cups WHERE member = 'mortal' LIMIT 1");
    if (effect !== undefined) die();
  },
});
