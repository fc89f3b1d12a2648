import { randomInt } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { Obstacle } from '../obstacle.js';
import { scryptHash } from './scrypt-hash.js';

/** Without what is misread from a slip of paper: 0 O o, 1 l I. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 16;
const SHORTEST = 12;

/**
 * Prints what stands in the hospital's file for a password of the gateway's page: of the one on standard input, or of a new
 * one, which is printed too.
 */
export async function printGatewayPassword({ stdin }: { readonly stdin: boolean }): Promise<void> {
  const password = stdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : newPassword();
  if (password.length < SHORTEST) throw new Obstacle(`A password has ${SHORTEST} characters or more.`);
  if (!stdin) console.log(`password      ${password}`);
  console.log(`${stdin ? '' : 'passwordHash  '}${await scryptHash(password)}`);
}

const newPassword = () => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
