import { describe, expect, it } from '@jest/globals';
import { NewWorkstation } from '@yinglian/contracts';
import { REJECTION, STATUS, VERIFICATION } from '@yinglian/dicom';
import { PageTables } from '@yinglian/testing';
import { QUERY_RETRIEVE } from './query-retrieve-classes.js';

const { rows, text: statement } = new PageTables('query-retrieve.md');

describe('the conformance statement of query and retrieval', () => {
  it('names the SOP classes by model and operation', () => {
    const stated = rows.flatMap(([name = '', uid = '']) => (/^1\.2\.840/.test(uid) ? [[uid, name] as const] : []));
    expect(stated).toEqual([
      [VERIFICATION, 'Verification'],
      ...Object.entries(QUERY_RETRIEVE).map(([uid, { operation, root }]) => [
        uid,
        `${root === 'patient' ? 'Patient' : 'Study'} Root Query/Retrieve – ${operation.slice(2)}`,
      ]),
    ]);
  });

  it('names rejections with their numbers', () => {
    const stated = rows.filter(([name = '']) => name in REJECTION);
    expect(stated).toHaveLength(5);
    const known = new Map<string, readonly number[]>(Object.entries(REJECTION));
    for (const [name = '', ...numbers] of stated) expect(numbers.slice(0, 3).map(Number)).toEqual(known.get(name));
  });

  it('names statuses that there are', () => {
    const known = new Set(Object.values(STATUS).map((status) => status.toString(16).toUpperCase().padStart(4, '0')));
    const stated = rows.flatMap(([status = '']) => (/^[0-9A-F]{4}$/.test(status) ? [status] : []));
    expect(stated).toHaveLength(11);
    expect(stated.filter((status) => !known.has(status))).toEqual([]);
  });

  it('names the preset of a workstation', () => {
    const { maximumAssociations } = NewWorkstation.parse({ aeTitle: 'WS' });
    expect(statement).toContain(`\`maximumAssociations\` (${maximumAssociations})`);
  });
});
