import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingOnThisMachine } from './machine.mjs';
import { run, say } from './processes.mjs';

const CI = process.env.CI === 'true';
const missing = missingOnThisMachine();
for (const { name, why, install } of missing) {
  say(`${CI ? 'Missing' : 'Left out'}: ${why} (no ${name} here; ${install})`);
}
if (CI && missing.length > 0) {
  say('With CI=true nothing may be left out.');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'yinglian-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const patterns = process.argv.slice(2);
const environment = {
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  YINGLIAN_TEST_FOLDER: folder,
  YINGLIAN_TEST_PASSWORD: randomBytes(16).toString('hex'),
  YINGLIAN_MISSING: missing.map(({ name }) => name).join(','),
};

// A whole province takes the whole machine: those specs run one after the other, and last.
const rounds = [
  ['unit', ['--selectProjects', 'unit', 'int']],
  ['e2e', ['--selectProjects', 'e2e', '--runInBand']],
];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, selection] of rounds) {
  const report = join(folder, `${name}.json`);
  const code = await run(
    'node',
    [
      join('node_modules', 'jest', 'bin', 'jest.js'),
      ...selection,
      '--passWithNoTests',
      '--json',
      `--outputFile=${report}`,
      ...patterns,
    ],
    environment,
  );
  count(report, code);
}
for (const { why } of missing) say(`Left out: ${why}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** A spec file that could not run counts as one failure; so does a Jest that ended without a report. */
function count(report, code) {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    total.skipped += result.numPendingTests + result.numTodoTests;
  } catch {
    if (code === 0) say(`There is no report at ${report}.`);
    total.failed += 1;
  }
}
