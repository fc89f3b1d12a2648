import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DirectorySeedFile } from '@yinglian/contracts';
import { freePort } from '@yinglian/servers';
import { spawnBuilt } from '@yinglian/testing';
import { DirectoryService } from '../testing/directory-service.js';
import { LAUNCHER_SECRET, PASSWORD, SEED } from '../testing/seed.js';

describe('the seed of a directory', () => {
  let directory: DirectoryService;

  beforeAll(async () => {
    directory = await DirectoryService.start();
  });
  afterAll(() => directory?.stop());

  const restartWith = async (seed: unknown) => {
    await writeFile(directory.environment.SEED_FILE ?? '', JSON.stringify(seed));
    await directory.restart();
  };

  it('adds at the next start what it names anew, and overwrites nothing', async () => {
    const [h001, h002] = SEED.hospitals;
    const grown: DirectorySeedFile = {
      hospitals: [
        {
          ...(h001 as DirectorySeedFile['hospitals'][number]),
          name: '另一个名字',
          departments: [{ code: 'NEU', name: '神经内科' }],
        },
        h002 as DirectorySeedFile['hospitals'][number],
        { code: 'H003', name: '溪桥县人民医院', level: 'county', callingAeTitles: [], departments: [] },
      ],
      staff: SEED.staff.map((one) => ({ ...one, password: 'another password' })),
      clients: SEED.clients.map((one) => ({ ...one, clientSecret: 'another secret of the tests' })),
    };
    await restartWith(grown);
    const admin = await directory.personToken('admin', PASSWORD);
    const { body } = await directory.ask(admin, 'GET', 'hospitals');
    expect(body.hospitals.map(({ code, name }: { code: string; name: string }) => [code, name])).toEqual([
      ['H001', '栖云省立医院'],
      ['H002', '望川市中心医院'],
      ['H003', '溪桥县人民医院'],
    ]);
    const { departments } = (await directory.ask(admin, 'GET', 'hospitals/H001/departments')).body;
    expect(departments.map(({ code }: { code: string }) => code)).toEqual(['NEU', 'RAD']);
    expect((await directory.serviceToken('launcher', LAUNCHER_SECRET)).status).toBe(200);
    expect(await directory.events('hospital.joined.v1')).toHaveLength(3);
  });

  it('takes workstations in once: as a file of the registry had them, and none that was removed', async () => {
    const workstations = [
      { aeTitle: 'H1READ1', hospital: 'H001', certificates: [Array(32).fill('AB').join(':')] },
      { aeTitle: 'H1READ2', hospital: 'H001', plain: true, host: '10.1.20.32', port: 104, tls: false },
      { aeTitle: 'EARLY', hospital: 'H404' },
    ];
    await restartWith({ ...SEED, workstations });
    const admin = await directory.personToken('admin', PASSWORD);
    const listed = async () => (await directory.ask(admin, 'GET', 'hospitals/H001/workstations')).body.workstations;
    expect(await listed()).toMatchObject([
      { aeTitle: 'H1READ1', certificates: ['ab'.repeat(32)], plain: false, host: null, port: null, tls: true },
      { aeTitle: 'H1READ2', certificates: [], plain: true, host: '10.1.20.32', port: 104, tls: false },
    ]);
    await directory.ask(admin, 'DELETE', 'hospitals/H001/workstations/H1READ2');
    const before = await listed();
    await restartWith({ ...SEED, workstations: workstations.map((each) => ({ ...each, name: '另一个名字' })) });
    expect(await listed()).toEqual(before);
    expect(await directory.events('workstation.changed.v1')).toHaveLength(2);
  });

  it('keeps neither password nor secret in the database', async () => {
    const rows = await directory.database.query(
      'SELECT row_to_json(s)::text AS row FROM staff s UNION ALL SELECT row_to_json(c)::text FROM service_clients c',
    );
    expect(rows).not.toHaveLength(0);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${PASSWORD}|${LAUNCHER_SECRET}`));
  });

  it('ends the process when it is wrong, names what, and shows no value', async () => {
    const file = join(directory.folder, 'wrong-seed.json');
    await writeFile(file, JSON.stringify({ ...SEED, staff: [{ ...SEED.staff[0], password: 'short' }] }));
    const environment = { ...directory.environment, PORT: String(await freePort()), SEED_FILE: file };
    const process = spawnBuilt(new URL('../main.ts', import.meta.url), environment, 'pipe');
    const output: string[] = [];
    process.stdout?.on('data', (chunk) => output.push(String(chunk)));
    process.stderr?.on('data', (chunk) => output.push(String(chunk)));
    const [code] = await once(process, 'close');
    expect(code).toBe(1);
    expect(output.join('')).toMatch(/The directory cannot start, its SEED_FILE is wrong: staff\.0\.password/);
    expect(output.join('')).not.toMatch(/short/);
  });
});
