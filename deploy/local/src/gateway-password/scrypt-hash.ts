import { randomBytes, scrypt } from 'node:crypto';

/** 32 MiB for each try, in the form that the hospital's file has it: PHC string format, base64 without padding. */
const [LN, R, P] = [15, 8, 3];
const SALT_BYTES = 18;
const HASH_BYTES = 32;

export async function scryptHash(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const parameters = { N: 2 ** LN, r: R, p: P, maxmem: 256 * 2 ** LN * R };
  const hash = await new Promise<Buffer>((resolve, reject) =>
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, parameters, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    ),
  );
  return `$scrypt$ln=${LN},r=${R},p=${P}$${base64(salt)}$${base64(hash)}`;
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
