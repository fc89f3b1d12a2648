import { describe, expect, it } from '@jest/globals';
import { Device } from '../admit-devices/device.js';
import { deviceStatus } from './device-status.js';

const seen = (aeTitle: string, lastAssociationAt: string) => ({
  aeTitle,
  openAssociations: 1,
  lastAssociationAt,
  lastEchoAt: undefined,
  lastImageAt: undefined,
  images: 7,
});

describe('the devices of the page', () => {
  const devices = deviceStatus({
    listed: ['CT01', 'MR01', 'US01'],
    described: [
      Device.parse({ aeTitle: 'CT01', name: '急诊 CT', host: '10.8.3.21', port: 104 }),
      Device.parse({ aeTitle: 'OLDCR' }),
    ],
    sightings: [seen('MR01', '2026-11-24T01:00:00.000Z'), seen('US01', '2026-11-24T02:00:00.000Z')],
  });

  it('are those that are listed, described or were seen: who was here last first', () => {
    expect(devices.map(({ aeTitle, isListed }) => [aeTitle, isListed])).toEqual([
      ['US01', true],
      ['MR01', true],
      ['CT01', true],
      ['OLDCR', false],
    ]);
  });

  it('have what the file and the associations say', () => {
    expect(devices[2]).toEqual({
      aeTitle: 'CT01',
      name: '急诊 CT',
      kind: 'modality',
      address: '10.8.3.21:104',
      isListed: true,
      openAssociations: 0,
      lastAssociationAt: null,
      lastEchoAt: null,
      lastImageAt: null,
      images: 0,
    });
    expect(devices[0]).toMatchObject({ name: null, kind: null, address: null, openAssociations: 1, images: 7 });
  });
});
