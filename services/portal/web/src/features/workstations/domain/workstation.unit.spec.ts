import { describe, expect, it } from '@jest/globals';
import { NewWorkstation } from '@yinglian/contracts';
import { faultOf, isWorkstationTitle, NEW_WORKSTATION, type WorkstationToSave } from './workstation.js';

const KNOWN = 'ab'.repeat(32);

describe('a workstation that is typed in', () => {
  it('begins as the directory presets it', () => {
    expect(NewWorkstation.parse({ aeTitle: 'READ1' })).toEqual({ ...NEW_WORKSTATION, aeTitle: 'READ1' });
  });

  it.each<[string, Partial<WorkstationToSave>, ReturnType<typeof faultOf>]>([
    ['nothing by which it could come', {}, 'cannotCome'],
    ['a certificate', { certificates: [KNOWN] }, undefined],
    ['leave to come without TLS', { plain: true }, undefined],
    ['a host alone', { plain: true, host: '10.0.0.1' }, 'hostAndPort'],
    ['a port alone', { plain: true, port: 104 }, 'hostAndPort'],
    ['a TLS listener of no certificate', { host: '10.0.0.1', port: 104 }, 'tlsNeedsCertificate'],
    ['a listener without TLS alone', { host: '10.0.0.1', port: 104, tls: false }, undefined],
  ])('with %s is judged as the directory does', (_, typed, fault) => {
    const workstation = { ...NEW_WORKSTATION, aeTitle: 'READ1', ...typed };
    expect(faultOf(workstation)).toBe(fault);
    // The directory takes one that is of no use.
    expect(NewWorkstation.safeParse(workstation).success).toBe(fault === undefined || fault === 'cannotCome');
  });

  it.each(['READ1', 'CT 1/A', '..', '.', ' ', '', 'A\\B', 'LONGER_THAN_SIXTEEN', '阅片室'])(
    'has the AE title %p if the directory takes it',
    (aeTitle) => {
      expect(isWorkstationTitle(aeTitle)).toBe(NewWorkstation.safeParse({ aeTitle }).success);
    },
  );
});
