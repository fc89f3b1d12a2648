import { describe, expect, it } from '@jest/globals';
import { passwordMatches, ScryptHash } from '../../../../services/gateway/src/sign-in/scrypt-hash.js';
import { scryptHash } from './scrypt-hash.js';

describe('the hash that goes into a hospital’s file', () => {
  it('is one by which a gateway knows the password, and no other', async () => {
    const hash = ScryptHash.parse(await scryptHash('an invented pass phrase'));
    expect(await passwordMatches(hash, 'an invented pass phrase')).toBe(true);
    expect(await passwordMatches(hash, 'an invented pass phrases')).toBe(false);
  });
});
