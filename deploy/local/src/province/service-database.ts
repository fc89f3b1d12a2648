import { Home } from '../home/home.js';
import { Secrets } from '../home/secrets.js';
import { databaseUrl } from './databases.js';
import { portOf } from './services.js';

/** URL of a service's database of the province that runs on a home, for programs on this machine. */
export function serviceDatabase(home: string, service: string): string {
  const { internalPorts } = Home.open(home, { sample: true });
  return databaseUrl({ port: portOf(internalPorts, 'postgresql') }, new Secrets(home), service);
}
