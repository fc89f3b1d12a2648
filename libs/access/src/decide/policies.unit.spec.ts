import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Policies } from './policies.js';

const folders: string[] = [];

/** A folder with the real schema and these policies. */
function folderWith(policies: string): URL {
  const folder = join(mkdtempSync(join(tmpdir(), 'yinglian-policies-')), 'policies');
  folders.push(folder);
  mkdirSync(folder);
  const schema = readFileSync(new URL('../../policies/access.cedarschema', import.meta.url));
  writeFileSync(join(folder, 'access.cedarschema'), schema);
  writeFileSync(join(folder, 'some.cedar'), policies);
  return pathToFileURL(`${folder}/`);
}

describe('policies', () => {
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(join(folder, '..'), { recursive: true });
  });

  it('are all known by name and versioned by their text', () => {
    const { ids, version } = new Policies();
    expect([...ids].sort()).toEqual([
      'auditor-reads-the-log',
      'clinician-breaks-glass',
      'clinician-finds-for-treatment',
      'clinician-opens-at-home',
      'clinician-opens-when-declared',
      'clinician-opens-when-treating',
      'patient-objects',
      'patient-reads-own',
      'program-of-a-hospital-finds',
      'program-of-a-hospital-keeps-consents',
      'program-of-a-hospital-opens-its-own',
      'program-of-a-hospital-searches',
      'steward-keeps-identities',
    ]);
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    const other = new Policies(folderWith('@id("nobody")\nforbid (principal, action, resource);'));
    expect(other.version).not.toBe(version);
  });

  it.each([
    [
      'names a fact that the schema does not know',
      '@id("x")\npermit (principal, action, resource) when { context.friend };',
      'x: ',
    ],
    [
      'names an action that does not exist',
      '@id("x")\npermit (principal, action == Action::"study.sell", resource);',
      'x: ',
    ],
    ['has no @id', 'permit (principal, action, resource);', 'no @id'],
    [
      'has the @id of another',
      '@id("x")\nforbid (principal, action, resource);\n@id("x")\nforbid (principal, action, resource);',
      'one @id',
    ],
    ['cannot be parsed', '@id("x")\npermit (', 'cannot be read'],
    ['is missing', '', 'no policies'],
  ])('do not start when one %s', (_, text, reason) => {
    expect(() => new Policies(folderWith(text))).toThrow(reason);
  });
});
