import { describe, expect, it } from '@jest/globals';
import { Policies, versionOf } from './policies.js';
import { type PolicyText, shippedPolicies } from './policy-text.js';

/** These policies alone, with the real schema. */
const only = (policies: string): PolicyText => ({
  files: { 'some.cedar': policies },
  schema: shippedPolicies().schema,
});

describe('policies', () => {
  it('are all known by name and versioned by their text', () => {
    const { ids, version } = Policies.shipped();
    expect([...ids].sort()).toEqual([
      'auditor-reads-the-log',
      'clinician-breaks-glass',
      'clinician-finds-for-treatment',
      'clinician-opens-at-home',
      'clinician-opens-during-a-visit',
      'clinician-opens-when-declared',
      'clinician-opens-when-ordered',
      'clinician-opens-when-referred',
      'clinician-opens-when-treating',
      'patient-objects',
      'patient-reads-own',
      'program-of-a-hospital-finds',
      'program-of-a-hospital-keeps-consents',
      'program-of-a-hospital-opens-its-own',
      'program-of-a-hospital-searches',
      'steward-keeps-identities',
      'very-restricted-needs-second-factor',
    ]);
    // The order of files, which a database does not keep, changes nothing.
    const { files, schema } = shippedPolicies();
    expect(versionOf({ files: Object.fromEntries(Object.entries(files).reverse()), schema })).toBe(version);
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    const other = Policies.of(only('@id("nobody")\nforbid (principal, action, resource);'));
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
    [
      'is about somebody by name',
      '@id("x")\npermit (principal == Account::"dr.a", action, resource);',
      'about no one in particular',
    ],
    ['has no @id', 'permit (principal, action, resource);', 'no @id'],
    [
      'has the @id of another',
      '@id("x")\nforbid (principal, action, resource);\n@id("x")\nforbid (principal, action, resource);',
      'one @id',
    ],
    ['cannot be parsed', '@id("x")\npermit (', 'unexpected end'],
    ['is missing', '', 'no policies'],
  ])('do not start when one %s', (_, text, reason) => {
    expect(() => Policies.of(only(text))).toThrow(reason);
  });
});
