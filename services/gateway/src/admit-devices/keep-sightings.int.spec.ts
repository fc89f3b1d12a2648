import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger } from '../ledger/ledger.js';
import { DeviceSightings } from './device-sightings.js';
import { KeepSightings } from './keep-sightings.js';

describe('what was seen of devices', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-sightings-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** One life of a gateway; what its devices look like at its end. */
  const run = async (work: (sightings: DeviceSightings) => void) => {
    const ledger = await Ledger.open(folder);
    const sightings = new DeviceSightings();
    const keeper = new KeepSightings(ledger, sightings);
    keeper.onApplicationBootstrap();
    work(sightings);
    keeper.beforeApplicationShutdown();
    await ledger.close();
    return sightings.list();
  };

  it('is known after a restart, and goes on from there', async () => {
    const [ct] = await run((sightings) => {
      sightings.associationOpened('CT1');
      sightings.imageStored('CT1');
      sightings.imageStored('CT1');
    });
    expect(await run(() => undefined)).toEqual([{ ...ct, openAssociations: 0 }]);
    expect(await run((sightings) => sightings.echoed('CT1'))).toEqual([
      { ...ct, openAssociations: 0, lastEchoAt: expect.any(String) },
    ]);
    expect(await run((sightings) => sightings.imageStored('CT1'))).toMatchObject([
      { images: 3, lastEchoAt: expect.any(String) },
    ]);
  });
});
