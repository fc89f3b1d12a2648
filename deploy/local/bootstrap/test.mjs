import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
/** More files than these do not fail for want of time. */
const AGAIN_AT_MOST = 8;
const total = { passed: 0, failed: 0, skipped: 0 };
const unsteady = [];
const failures = [];
for (const [name, selection] of rounds) {
  const first = await jest(name, [...selection, '--passWithNoTests', ...patterns]);
  const files = first?.testResults.filter(({ status }) => status === 'failed').map((file) => file.name) ?? [];
  if (files.length === 0 || files.length > AGAIN_AT_MOST) {
    count(first);
    continue;
  }
  say(`Once more, with the machine to themselves: ${files.map(nameOf).join(', ')}`);
  // In one process nobody ends for it what a failed spec left open.
  const alone = ['--runInBand', '--forceExit', '--runTestsByPath', ...files];
  const again = await jest(`${name}-again`, [...selection, ...alone]);
  count({ testResults: first.testResults.filter((file) => !files.includes(file.name)) });
  count(again);
  const sound = again?.testResults.filter(({ status }) => status === 'passed').map((file) => file.name) ?? [];
  unsteady.push(...sound.map(nameOf));
}
for (const { why } of missing) say(`Left out: ${why}`);
for (const failure of failures) say(`Failed: ${failure}`);
for (const file of unsteady) say(`Unsteady: ${file} failed beside others and passed alone`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** What Jest reports; undefined when it ended without a report. */
async function jest(name, options) {
  const report = join(folder, `${name}.json`);
  const program = [join('node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${report}`, ...options];
  const code = await run('node', program, environment);
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    if (code === 0) say(`There is no report at ${report}.`);
    return undefined;
  }
}

/** A spec file that could not run counts as one failure; so does a Jest that ended without a report. */
function count(report) {
  if (report === undefined) total.failed += 1;
  for (const { name, status, assertionResults } of report?.testResults ?? []) {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const numberOf = (...kinds) => assertionResults.filter((test) => kinds.includes(test.status)).length;
    total.passed += numberOf('passed');
    total.failed += status === 'failed' ? Math.max(failed.length, 1) : failed.length;
    failures.push(...failed.map(({ fullName }) => `${nameOf(name)}: ${fullName}`));
    if (status === 'failed' && failed.length === 0) failures.push(`${nameOf(name)} could not run`);
    total.skipped += numberOf('pending', 'todo', 'skipped', 'disabled');
  }
}

function nameOf(path) {
  return relative(process.cwd(), path);
}
