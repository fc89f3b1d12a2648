import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Home } from '../home/home.js';
import { Settings } from '../settings.js';
import { seedWorkstations } from './workstations.js';

describe('workstations that a province begins with', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'yinglian-home-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));

  const seeded = (sample: boolean) =>
    seedWorkstations(Home.open(path, { sample }), Settings.parse({ YINGLIAN_HOME: path }));
  const hadBefore = (...workstations: object[]) =>
    writeFileSync(join(path, 'workstations.json'), JSON.stringify({ workstations }));

  it('are one for each hospital of the sample', () => {
    expect(seeded(true).map(({ aeTitle, hospital, port }) => [aeTitle, hospital, port])).toEqual([
      ['H001WS', 'H001', 11_212],
      ['H002WS', 'H002', 11_213],
      ['H003WS', 'H003', 11_214],
    ]);
  });

  it('are none without the sample', () => {
    expect(seeded(false)).toEqual([]);
  });

  it('are those that the registry had in a file before the directory kept them', () => {
    hadBefore({ aeTitle: 'H001WS', hospital: 'H001', certificates: [Array(32).fill('AB').join(':')] });
    expect(seeded(true)).toMatchObject([
      { aeTitle: 'H001WS', certificates: ['ab'.repeat(32)], plain: false, tls: true },
    ]);
  });

  it('are asked about when that file is wrong', () => {
    hadBefore({ aeTitle: 'H001WS', hospital: 'H001', host: '10.0.0.1' });
    expect(() => seeded(true)).toThrow(/workstations\.json is wrong \(workstations\.0\.port: A host and a port belong/);
  });
});
