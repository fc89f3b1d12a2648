import { createHash, createPrivateKey, createSign, createVerify, type KeyObject } from 'node:crypto';

/** The id of who signs, when none was agreed on (GM/T 0009 section 10), behind its length in bits. */
const SIGNER_ID = Buffer.concat([Buffer.of(0, 128), Buffer.from('1234567812345678')]);

/** a, b and the base point of the recommended curve (GM/T 0003.5). */
const CURVE = Buffer.from(
  [
    'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC',
    '28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93',
    '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7',
    'BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
  ].join(''),
  'hex',
);

/**
 * SM2 with SM3 (GM/T 0003.2), as DER. Node cannot be told who signs, and takes nobody; signing a stream it does without, so that
 * what says who signs is put before the text here. @param point of the public key: 0x04, x, y
 */
export const signSm2 = (text: string, privateKey: KeyObject, point: Buffer): Buffer =>
  createSign('sm3').update(signerDigest(point)).update(text).sign(asSm2(privateKey));

export const verifySm2 = (text: string, publicKey: KeyObject, point: Buffer, signature: Buffer): boolean =>
  createVerify('sm3').update(signerDigest(point)).update(text).verify(publicKey, signature);

/** Z of GM/T 0003.2 section 5.5. */
const signerDigest = (point: Buffer): Buffer =>
  createHash('sm3').update(SIGNER_ID).update(CURVE).update(point.subarray(1)).digest();

/** A key that was made by this process is one of its curve, with which ECDSA would be signed; one that was read is of SM2. */
const asSm2 = (privateKey: KeyObject): KeyObject =>
  createPrivateKey({ key: privateKey.export({ format: 'der', type: 'pkcs8' }), format: 'der', type: 'pkcs8' });
