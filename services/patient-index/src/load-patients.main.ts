import { accessMigrations } from '@yinglian/access';
import { messagingMigrations } from '@yinglian/messaging';
import { databaseShape, migrate } from '@yinglian/persistence';
import { z } from 'zod';
import { readArguments } from './load-patients/read-arguments.js';
import { reportOf } from './load-patients/report.js';
import { runLoad } from './load-patients/run-load.js';
import { patientIndexMigrations } from './patient-index.module.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => stop.abort(new Error('Stopped. The same command goes on from here.')));

try {
  const { DATABASE_URL } = z.object({ DATABASE_URL: databaseShape.DATABASE_URL }).parse(process.env);
  const given = readArguments(process.argv.slice(2));
  for (const set of [patientIndexMigrations, messagingMigrations, accessMigrations]) await migrate(DATABASE_URL, set);
  console.log(reportOf(await runLoad(DATABASE_URL, given, (line) => console.error(line), stop.signal)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
