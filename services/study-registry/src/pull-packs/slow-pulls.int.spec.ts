import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ctSeries, fileOf } from '@yinglian/testing';
import { HospitalGateway } from '../testing/hospital-gateway.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryProcess } from '../testing/registry-process.js';
import { RegistrySurroundings } from '../testing/registry-surroundings.js';

const FILES = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const WAIT_MS = 2_000;

describe('a pack that comes slowly to one of two processes', () => {
  let surroundings: RegistrySurroundings;
  let one: RegistryProcess;
  let other: RegistryProcess;
  beforeAll(async () => {
    surroundings = await RegistrySurroundings.start(undefined, { PULL_WAIT_MS: String(WAIT_MS) });
    [one, other] = [await RegistryProcess.start(surroundings), await RegistryProcess.start(surroundings)];
  }, 120_000);
  afterAll(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await surroundings.stop();
  });

  const began = async () => {
    const series = ctSeries(10);
    const gateway = new HospitalGateway(one);
    const pack = await gateway.keep(series.slices.map(fileOf));
    const upload = await gateway.begin(pack);
    let sent = 0;
    const sendFor = async (ms: number) => {
      for (const end = Date.now() + ms; Date.now() < end; await pause(200)) {
        sent += 140_000;
        await upload.send(sent);
      }
    };
    return { gateway, pack, upload, sendFor, address: `/dicom-web/studies/${series.studyInstanceUid}` };
  };

  it('is waited for by readers of the other one as long as it goes on, and read when it is there', async () => {
    const { pack, upload, sendFor, address } = await began();
    const early = other.get(address, FILES);
    await sendFor(1.5 * WAIT_MS);
    const late = other.get(address, FILES);
    await sendFor(WAIT_MS);
    expect(await upload.end()).toBe(201);
    const files = pack.manifest.instances.length;
    for (const reading of [early, late]) {
      const answer = await reading;
      expect([answer.status, partsOf(answer).length]).toEqual([200, files]);
    }
  }, 60_000);

  it('is said to be out of reach to readers of the other one when it has stopped coming', async () => {
    const { upload, sendFor, address } = await began();
    await sendFor(500);
    const { status, json } = await other.get(address, FILES);
    expect([status, json.code]).toEqual([503, 'PIXELS_AT_HOSPITAL_UNREACHABLE']);
    upload.kill();
  }, 60_000);

  it('is told to be broken at once to readers of the other one', async () => {
    const { gateway, pack, upload, address } = await began();
    const reading = other.get(address, FILES);
    await pause(WAIT_MS / 2);
    const { status } = await gateway.fail(pack, 'damaged');
    expect([status, (await reading).status]).toEqual([204, 502]);
    upload.kill();
  }, 60_000);
});
