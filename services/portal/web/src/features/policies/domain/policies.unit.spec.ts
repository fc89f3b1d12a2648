import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { policiesOf } from './policies.js';

const shipped = (name: string) =>
  readFileSync(new URL(`../../../../../../../libs/access/policies/${name}`, import.meta.url), 'utf8');

describe('the policies of a file', () => {
  it('are read with what is said of each', () => {
    const [objects] = policiesOf(shipped('patients.cedar'));
    expect(objects).toMatchObject({
      id: 'patient-objects',
      says: expect.stringMatching(/^The patient may close a study/),
    });
    expect(objects?.cedar).toMatch(/^forbid \([\s\S]*\};$/);
  });

  it('leave out what is said of the whole file', () => {
    const policies = policiesOf(shipped('clinicians.cedar'));
    expect(policies.map(({ id }) => id)).toEqual(shipped('clinicians.cedar').match(/(?<=@id\(")[^"]+/g));
    expect(policies[0]?.says).toMatch(/^Finding: the statutory duty/);
    expect(policies.filter(({ says, cedar }) => says === '' || cedar.includes('@id') || cedar.includes('//'))).toEqual(
      [],
    );
  });

  it('may be none', () => {
    expect(policiesOf('')).toEqual([]);
    expect(policiesOf('permit (principal, action, resource);')).toEqual([]);
  });
});
