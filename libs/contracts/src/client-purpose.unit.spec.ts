import { describe, expect, it } from '@jest/globals';
import { purposeOf } from './client-purpose.js';
import { DirectorySeed } from './directory-seed.js';
import type { Scope } from './roles.js';

describe('the purpose of a service account', () => {
  it.each<[string | undefined, Scope[]]>([
    ['gateway', ['packs:write', 'gateway:read', 'priors:read']],
    ['patient-feed', ['patients:write', 'persons:read']],
    ['image-source', ['stow:write']],
    [undefined, ['stow:write', 'persons:read']],
    [undefined, ['gateway:enrol', 'gateway:read']],
  ])('is %s for %p', (purpose, scopes) => {
    expect(purposeOf(scopes)).toBe(purpose);
  });

  it('is one in a seed', () => {
    const client = { clientId: 'his', clientSecret: 'a-secret-of-the-tests', hospital: null };
    const seed = (scope: string) =>
      DirectorySeed.safeParse({ hospitals: [], staff: [], clients: [{ ...client, scope }] });
    expect(seed('persons:read patients:write').success).toBe(true);
    expect(seed('persons:read changes:read').error?.issues).toMatchObject([
      { path: ['clients', 0, 'scope'], message: 'are scopes of several purposes' },
    ]);
  });
});
