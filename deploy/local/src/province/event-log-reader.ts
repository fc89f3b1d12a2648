import type { MessagingConfig } from '@yinglian/messaging';
import { Home } from '../home/home.js';
import { Secrets } from '../home/secrets.js';
import { HOST } from './addresses.js';
import { databaseUrl } from './databases.js';
import { DATABASE } from './event-log.js';
import { portOf } from './services.js';

/** It may read every topic. */
const READER = 'consent-audit';

/** How a program on this machine reads all events of the province that runs on a home, with servers of the home's own. */
export function eventLogReader(home: string, events: MessagingConfig['EVENTS']): MessagingConfig {
  const { internalPorts } = Home.open(home, { sample: true });
  if (events === 'kafka') return { EVENTS: 'kafka', KAFKA_BROKERS: `${HOST}:${portOf(internalPorts, 'kafka')}` };
  const postgres = { port: portOf(internalPorts, 'postgresql') };
  return { EVENTS: 'postgres', EVENT_LOG_URL: databaseUrl(postgres, new Secrets(home), READER, DATABASE) };
}
