import { describe, expect, it } from '@jest/globals';
import { readSystem, systemOfHospital } from './identifier-systems.js';

describe('the system of an identifier', () => {
  it.each([
    ['urn:yinglian:hospital:H001', 'H001', ''],
    ['urn:yinglian:hospital:H001:OPD', 'H001', 'OPD'],
    ['urn:yinglian:hospital:H001:%E9%97%A8%E8%AF%8A%3A1', 'H001', '门诊:1'],
  ])('%s is a hospital’s', (system, hospital, issuer) => {
    expect(systemOfHospital({ hospital, issuer })).toBe(system);
    expect(readSystem(system)).toEqual({ kind: 'hospital', hospital, issuer });
  });

  it('is the province’s, or the nation’s', () => {
    expect(readSystem('urn:yinglian:person')).toEqual({ kind: 'person' });
    expect(readSystem('urn:oid:2.16.156.10011.1.3')).toEqual({ kind: 'resident-id' });
  });

  it.each(['', 'urn:yinglian:hospital:', 'urn:yinglian:hospital:h1', 'urn:yinglian:hospital:H001:%', 'urn:oid:1.2'])(
    '"%s" is none that is kept',
    (system) => expect(readSystem(system)).toBeNull(),
  );
});
