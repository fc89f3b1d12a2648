import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signIn } from '../../../../deploy/local/src/sign-in/sign-in.js';
import { DirectoryService } from '../testing/directory-service.js';
import { PASSWORD } from '../testing/seed.js';

describe('signing in from the command line', () => {
  let directory: DirectoryService;

  beforeAll(async () => {
    directory = await DirectoryService.start();
  });
  afterAll(() => directory?.stop());

  it('walks the provider’s pages as a browser does', async () => {
    const { accessToken, idToken, refreshToken } = await signIn({
      issuer: directory.issuer,
      username: 'auditor',
      password: PASSWORD,
    });
    const verified = await directory.tokens.verify(accessToken, undefined);
    expect(verified.ok && verified.value).toMatchObject({ subject: 'auditor', roles: ['auditor'], hospital: null });
    // Who sits at the command line signs in anew.
    expect([typeof idToken, refreshToken]).toEqual(['string', undefined]);
  });

  it('says that it was refused, not why', async () => {
    await expect(signIn({ issuer: directory.issuer, username: 'auditor', password: 'wrong password' })).rejects.toThrow(
      'The province refused the sign-in: 401',
    );
    await expect(
      signIn({ issuer: directory.issuer, username: 'auditor', password: PASSWORD, redirectUri: 'http://127.0.0.1/x' }),
    ).rejects.toThrow('The province refused the sign-in: 400');
  });
});
