import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT_PATH } from './places.mjs';

/** Something that the person at the keyboard can put right; its message says how. */
export class Obstacle extends Error {}

const BIN = join(ROOT_PATH, 'node_modules', '.bin');
const LAST_OUTPUT_CHARACTERS = 8_000;

/** Environment in which `node` is the Node 24 that npm installed. */
export const environment = (extra = {}) => ({ ...process.env, PATH: BIN + delimiter + process.env.PATH, ...extra });

/** Progress goes to standard error: standard output belongs to the command. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Runs a program with its output on the terminal, as progress. Resolves with its exit code. */
export async function run(program, args, extra = {}) {
  const child = spawn(program, args, { cwd: ROOT_PATH, stdio: ['inherit', 2, 2], env: environment(extra) });
  const forward = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  const code = await ended(child, program);
  for (const signal of SIGNALS) process.off(signal, forward);
  return code;
}

/** Runs a program without showing its output; an error begins with the telling part of it. */
export async function runQuietly(program, args, whatFailed, tellingPart = (output) => output) {
  const child = spawn(program, args, { cwd: ROOT_PATH, stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
  let output = '';
  const keep = (data) => {
    output = (output + data).slice(-LAST_OUTPUT_CHARACTERS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  if ((await ended(child, program)) !== 0) throw new Obstacle(`${tellingPart(output).trim()}\n\n${whatFailed}`);
}

/** kafkajs sets timers to times that have passed; it means at once, and Node takes it so. */
const QUIET = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Lets a script under Node 24 take this process's place: same terminal, signals passed on, same exit code. The IPC
 * channel tells it when this process was killed, so that nothing is left behind.
 */
export async function runInstead(script, args) {
  const child = spawn('node', [...QUIET, join(ROOT_PATH, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(),
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  process.exitCode = await ended(child, 'node');
}

function ended(child, program) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Obstacle(`${program} cannot be run: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

const LOCK = join(ROOT_PATH, '.cache', 'bootstrap.pid');

/** One bootstrap at a time in one checkout: a second one waits, then finds everything done. */
export async function exclusively(work) {
  mkdirSync(join(ROOT_PATH, '.cache'), { recursive: true });
  let told = false;
  while (!take()) {
    if (!told) say('Waiting for another command that is preparing this checkout …');
    told = true;
    await new Promise((wait) => setTimeout(wait, 200));
  }
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST')
      throw new Obstacle(`${LOCK} cannot be written (${error.code}): make the checkout writable.`);
    if (!isAlive(holder())) rmSync(LOCK, { force: true });
    return false;
  }
}

function holder() {
  return existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
}

function isAlive(pid) {
  try {
    // 0 is a lock that its holder is just writing or removing.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
