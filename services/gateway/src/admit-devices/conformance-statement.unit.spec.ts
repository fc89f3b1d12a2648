import { describe, expect, it } from '@jest/globals';
import {
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  isStorageClass,
  REFUSALS,
  REJECTION,
  SECURE_TRANSPORT,
  VERIFICATION,
} from '@yinglian/dicom';
import { PageTables } from '@yinglian/testing';
import { STUDY_ROOT } from '../ask-pacs/pacs-association.js';
import { FAILURE_REASONS, STORAGE_COMMITMENT } from '../commit-storage/commitment.js';
import { usualDevice } from './device.js';

const { rows, text: statement } = new PageTables('conformance-statement.md');
const hex = (status: number) => status.toString(16).toUpperCase().padStart(4, '0');

describe('the conformance statement', () => {
  it('names each rejection with its numbers', () => {
    const stated = rows
      .filter(([name = '']) => name in REJECTION)
      .map(([name, ...numbers]) => [name, ...numbers.slice(0, 3)]);
    expect(Object.fromEntries(stated.map(([name, ...numbers]) => [name, numbers.map(Number)]))).toEqual(REJECTION);
  });

  it('names each refusal of an instance with its status', () => {
    const stated = rows.filter(
      ([status = '', comment]) => /^(A7|A9|C0|01)/.test(status) && REFUSALS.some(([, each]) => each === comment),
    );
    expect(stated.map(([status, comment]) => [status, comment])).toEqual(
      REFUSALS.map(([status, comment]) => [hex(status), comment]),
    );
  });

  it('names each reason for which storage commitment fails', () => {
    const first = rows.findIndex(([name = '']) => name.startsWith('Failure Reason')) + 2;
    const stated = rows.slice(first, first + FAILURE_REASONS.length + 1).map(([reason]) => reason);
    expect(stated.slice(0, -1)).toEqual(FAILURE_REASONS.map(hex));
    expect(stated.at(-1)).not.toMatch(/^[0-9A-F]{4}$/);
  });

  it('names the cipher suites in their order', () => {
    const suites = SECURE_TRANSPORT.ciphers.split(':');
    expect(rows.flatMap(([suite = '']) => (suites.includes(suite) ? [suite] : []))).toEqual(suites);
  });

  it('names the presets of a device', () => {
    const { maximumAssociations, maximumPduLength, requireTls } = usualDevice('ANY');
    const presetOf = (limit: string) => rows.find(([name]) => name === limit)?.[1];
    expect([presetOf('maximumAssociations'), presetOf('maximumPduLength'), presetOf('requireTls')]).toEqual([
      String(maximumAssociations),
      `${maximumPduLength} bytes`,
      String(requireTls),
    ]);
  });

  it('names the implementation, the services, and classes that are stored', () => {
    const services = [VERIFICATION, STORAGE_COMMITMENT, ...Object.values(STUDY_ROOT)];
    for (const uid of [IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, ...services]) {
      expect(statement).toContain(`\`${uid}\``);
    }
    const classes = statement.slice(statement.indexOf('#### 4.2.2'), statement.indexOf('#### 4.2.3'));
    const elsewhere = [...classes.matchAll(/`(1\.2\.840\.10008\.5\.1\.(?:1|4)\.[0-9.]*[0-9])`/g)].map(
      (found) => found[1],
    );
    expect(elsewhere.length).toBeGreaterThan(1);
    expect(elsewhere.filter((uid = '') => !isStorageClass(uid))).toEqual([]);
  });
});
