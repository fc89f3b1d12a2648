import { describe, expect, it } from '@jest/globals';
import { hashOf } from '../testing/page-client.js';
import { passwordMatches, ScryptHash } from './scrypt-hash.js';

const SALT_AND_HASH = `${'A'.repeat(24)}$${'B'.repeat(43)}`;

describe('the hash of a password', () => {
  it('tells the password from any other, however its letters are composed', async () => {
    const hash = ScryptHash.parse(hashOf('caf\u00e9'));
    expect(await Promise.all(['caf\u00e9', 'cafe\u0301', 'cafe'].map((each) => passwordMatches(hash, each)))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    ['the password itself', 'secret'],
    ['another algorithm', `$argon2id$v=19$m=19456,t=2,p=1$${SALT_AND_HASH}`],
    ['too little work', `$scrypt$ln=12,r=8,p=10$${SALT_AND_HASH}`],
    ['too much memory', `$scrypt$ln=17,r=8,p=1$${SALT_AND_HASH}`],
    ['no parallelism', `$scrypt$ln=15,r=8,p=0$${SALT_AND_HASH}`],
  ])('is refused with %s', (_, text) => {
    expect(ScryptHash.safeParse(text).success).toBe(false);
  });
});
