import { Database, databaseShape } from '@yinglian/persistence';
import { z } from 'zod';
import { storageReportOf, storageTable } from './show-storage/storage-report.js';
import { storedTiers } from './storage/stored-tiers.js';

/** Prints what is stored, and what recompression saves of it: a table, or JSON with `--json`. */
try {
  const { DATABASE_URL: url } = z.object({ DATABASE_URL: databaseShape.DATABASE_URL }).parse(process.env);
  const database = new Database({ url, applicationName: 'show-storage', maxConnections: 1 });
  try {
    const report = storageReportOf(await storedTiers(database));
    const isJson = process.argv.includes('--json');
    console.log(isJson ? JSON.stringify(report) : storageTable(report).join('\n'));
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
