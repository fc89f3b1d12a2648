import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const SOURCES = new URL('..', import.meta.url).pathname;
/** What is withdrawn too: these receive, compare, count or decide. All others read `shown_studies` and `shown_series`. */
const READ_WHAT_IS_REGISTERED = [
  'rebuild-index/compare-indexes.ts',
  'storage/compact-pack.store.ts',
  'storage/erased-study.store.ts',
  'storage/known-facts.store.ts',
  'storage/own-study.store.ts',
  'storage/pack.store.ts',
  'storage/patient.store.ts',
  'storage/quarantine-list.ts',
  'storage/registered-study.store.ts',
  'storage/retention.store.ts',
  'storage/series.store.ts',
  'storage/stored-tiers.ts',
  'storage/study-decision.store.ts',
  'storage/study-name.store.ts',
  'storage/study.store.ts',
  'storage/treated-study.store.ts',
  'storage/withdrawal.store.ts',
];

it('few files read the tables of studies and series themselves, and they are known', () => {
  const files = globSync('**/*.ts', { cwd: SOURCES }).filter((file) => !/spec\.ts$|^testing\//.test(file));
  expect(files.length).toBeGreaterThan(100);
  const reading = files.filter((file) =>
    /\b(FROM|JOIN)\s+(studies|series)\b|table: '(studies|series)'/.test(readFileSync(`${SOURCES}${file}`, 'utf8')),
  );
  expect(reading.sort()).toEqual(READ_WHAT_IS_REGISTERED);
});
