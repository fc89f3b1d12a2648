import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { isWaitingModule } from './waiting-module.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

it('no module that others import awaits at its top', () => {
  const files = globSync(['{libs,services,deploy}/*/src/**/*.ts', '{bench,chaos,e2e,house}/src/**/*.ts'], {
    cwd: root,
  });
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => isWaitingModule(readFileSync(`${root}/${file}`, 'utf8')))).toEqual([]);
});

it.each([
  ["export const koffi = await import('koffi');", true],
  ["const koffi = process.platform === 'linux' ? await load() : undefined;\nexport { koffi };", true],
  ['for await (const line of lines) print(line);\nexport const ended = true;', true],
  ['{ await settled(); }\nexport type Settled = true;', true],
  ['await startService();', false],
  ['export async function start() { for await (const line of lines) await print(line); }', false],
  ['export const start = async () => await run();', false],
  ['export class Service { static async start() { await run(); } }', false],
])('of %j that is %p', (source, isOne) => {
  expect(isWaitingModule(source)).toBe(isOne);
});
