import { describe, expect, it } from '@jest/globals';
import { Devices } from './device.js';
import { DeviceSightings } from './device-sightings.js';

describe('devices of a hospital', () => {
  it('have presets that fit a modality', () => {
    expect(Devices.parse([{ aeTitle: 'CT1' }])).toEqual([
      {
        aeTitle: 'CT1',
        name: 'CT1',
        kind: 'modality',
        tls: false,
        maximumAssociations: 8,
        maximumPduLength: 131_072,
        requireTls: false,
      },
    ]);
  });

  it.each([
    ['a host without a port', [{ aeTitle: 'CT1', host: 'ct1' }]],
    ['an AE title twice', [{ aeTitle: 'CT1' }, { aeTitle: 'CT1' }]],
    ['an AE title that is too long', [{ aeTitle: 'SEVENTEEN_LETTERS' }]],
    ['a word that means nothing', [{ aeTitle: 'CT1', maximumAssociation: 3 }]],
    ['no class at all', [{ aeTitle: 'CT1', sopClasses: [] }]],
  ])('are wrong with %s', (_, devices) => {
    expect(Devices.safeParse(devices).success).toBe(false);
  });

  it('are seen when they associate, verify and store', () => {
    const sightings = new DeviceSightings();
    sightings.associationOpened('CT1');
    sightings.associationOpened('CT1');
    sightings.associationClosed('CT1');
    sightings.imageStored('CT1');
    sightings.echoed('MR1');
    expect(sightings.list()).toEqual([
      {
        aeTitle: 'CT1',
        openAssociations: 1,
        lastAssociationAt: expect.any(String),
        lastEchoAt: undefined,
        lastImageAt: expect.any(String),
        images: 1,
      },
      {
        aeTitle: 'MR1',
        openAssociations: 0,
        lastAssociationAt: undefined,
        lastEchoAt: expect.any(String),
        lastImageAt: undefined,
        images: 0,
      },
    ]);
  });
});
