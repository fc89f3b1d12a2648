import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, spawnBuilt, TestS3 } from '@yinglian/testing';
import { fillRegistry } from '../testing/fill-registry.js';
import { RegistryService } from '../testing/registry-service.js';

const program = new URL('../rebuild-index.main.ts', import.meta.url);

(machineHas('s3') ? describe : describe.skip)('the registry’s database, built again from a bucket', () => {
  let s3: TestS3;
  let registry: RegistryService;
  let digests: string[];
  const before = { ...process.env };
  beforeAll(async () => {
    s3 = await TestS3.start();
    const { OBJECTS_URL, OBJECTS_S3_ENDPOINT, ...ofTheSdk } = s3.environment;
    Object.assign(process.env, ofTheSdk);
    registry = await RegistryService.start(undefined, { OBJECTS_URL: `${OBJECTS_URL}/province`, OBJECTS_S3_ENDPOINT });
    digests = await fillRegistry(registry);
  });
  afterAll(async () => {
    process.env = before;
    await registry.stop();
    await s3.stop();
  });

  it('is equal row by row', async () => {
    const environment = {
      ...registry.environment,
      DATABASE_URL: await registry.postgres.createDatabase('rebuilt'),
      COMPARE_DATABASE_URL: registry.environment.DATABASE_URL ?? '',
    };
    const process = spawnBuilt(program, environment, 'pipe');
    const { stdout, stderr } = process;
    if (stdout === null || stderr === null) throw new Error('Its output is read');
    const [said, , [code]] = await Promise.all([text(stdout), text(stderr), once(process, 'exit')]);
    const lines = said.trim().split('\n');
    expect([lines.at(0), lines.at(-1), code]).toEqual([
      `${digests.length} of ${digests.length} packs registered, 0.0 GB.`,
      'Equal, row by row.',
      0,
    ]);
  });
});
