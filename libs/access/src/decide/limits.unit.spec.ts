import { describe, expect, it } from '@jest/globals';
import { limitsBrokenBy } from './limits.js';
import { Policies } from './policies.js';
import { shippedPolicies } from './policy-text.js';

const { files, schema } = shippedPolicies();
const brokenBy = (changed: Record<string, string>) =>
  limitsBrokenBy(Policies.of({ files: { ...files, ...changed }, schema }));
const withMore = (policy: string) => brokenBy({ 'more.cedar': policy });

describe('limits of what policies may permit', () => {
  it('are kept by those of this release', () => {
    expect(brokenBy({})).toEqual([]);
  });

  it('leave room for narrower and wider windows', () => {
    const clinicians = files['clinicians.cedar']?.replace('<= 365', '<= 3650').replace('<= 30', '<= 3') ?? '';
    expect(clinicians).not.toBe(files['clinicians.cedar']);
    expect(brokenBy({ 'clinicians.cedar': clinicians })).toEqual([]);
  });

  it.each([
    ['no objection is left', brokenBy({ 'patients.cedar': '' }), ['objections-are-obeyed']],
    [
      'an objection yields to a visit by telephone',
      brokenBy({
        'patients.cedar':
          '@id("patient-objects")\nforbid (principal, action, resource is Study) when { context.objected && !(context has daysSinceVisit) && !context.brokeGlass };',
      }),
      ['objections-are-obeyed'],
    ],
    [
      'an administrator looks on',
      withMore(
        '@id("x")\npermit (principal, action == Action::"person.search", resource) when { principal.roles.contains("administrator") };',
      ),
      ['administrators-see-nobody'],
    ],
    [
      'an auditor opens for research',
      withMore(
        '@id("x")\npermit (principal, action == Action::"study.retrieve", resource) when { principal.roles.contains("auditor") && context.purposeOfUse == "HRESCH" };',
      ),
      ['auditors-see-no-images'],
    ],
    [
      'a steward opens',
      withMore(
        '@id("x")\npermit (principal, action == Action::"study.retrieve", resource) when { principal.roles.contains("steward") };',
      ),
      ['stewards-open-nothing'],
    ],
    [
      'a strange clinician opens with a second factor',
      withMore(
        '@id("x")\npermit (principal, action == Action::"study.retrieve", resource) when { principal.roles.contains("clinician") && context.secondFactor };',
      ),
      ['strangers-open-nothing'],
    ],
    [
      'everybody searches',
      withMore('@id("x")\npermit (principal, action == Action::"study.search", resource);'),
      ['administrators-see-nobody', 'who-is-nothing-sees-nothing'],
    ],
  ])('are broken when %s', (_, broken, expected) => {
    expect(broken).toEqual(expected);
  });
});
