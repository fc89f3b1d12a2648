import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Alarms } from '../alarms/alarms.js';
import { eventually } from '../testing/test-gateway.js';
import { HospitalFile } from './hospital-file.js';
import { parseHospitalSettings } from './hospital-settings.js';

describe("the hospital's file", () => {
  let folder: string;
  let path: string;
  let alarms: Alarms;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-hospital-file-'));
    path = join(folder, 'hospital.json');
    alarms = new Alarms();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('may be missing: then the presets hold', async () => {
    expect((await HospitalFile.open(undefined, alarms)).current).toEqual(parseHospitalSettings('{}'));
  });

  it('keeps a gateway from starting when it is wrong, and names the place', async () => {
    await writeFile(path, '{"devises":[]}');
    await expect(HospitalFile.open(path, alarms)).rejects.toThrow('devises');
  });

  it('is followed while the gateway runs; a wrong change is said and not taken over', async () => {
    await writeFile(path, '{}');
    const file = await HospitalFile.open(path, alarms);
    const before = file.current;
    file.start();
    await writeFile(path, '{"devises":[]}');
    await eventually('the alarm is raised', async () => alarms.list().length > 0);
    expect(alarms.list()).toMatchObject([{ code: 'HOSPITAL_FILE_INVALID', severity: 'error' }]);
    expect(file.current).toBe(before);
    const changed = new Promise((resolve) => file.onChange(resolve));
    await writeFile(path, '{ }');
    expect(await changed).toEqual(parseHospitalSettings('{}'));
    expect(alarms.list()).toEqual([]);
    file.stop();
  });
});
