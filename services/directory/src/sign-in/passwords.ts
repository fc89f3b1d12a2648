import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Without what is misread from a slip of paper: 0 O o, 1 l I. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const INITIAL_LENGTH = 16;

/** A first password of 93 bits, for a person to type once. */
export const newPassword = () =>
  Array.from({ length: INITIAL_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** Argon2id with 19 MiB and two passes, the library's default and OWASP's recommendation, as a PHC string. */
export const hashPassword = (password: string) => hash(password);

export const passwordMatches = (passwordHash: string, password: string) => verify(passwordHash, password);
