import { generateSecret, generateURI, verify } from 'otplib';

const STEP_S = 30;
const SECRET_BYTES = 20;
const ISSUER = '影联 Yinglian';

/** 160 bits in base32, as RFC 4226 section 4 recommends. */
export const newTotpSecret = () => generateSecret({ length: SECRET_BYTES });

/** What the picture says to an authenticator app. */
export const totpUri = (account: string, secret: string) =>
  generateURI({ strategy: 'totp', issuer: ISSUER, label: account, secret });

/** The time step of which this is the code (RFC 6238), one before and after now being taken too; undefined of no such. */
export async function stepOfCode(secret: string, code: string, now: Date): Promise<number | undefined> {
  if (!/^\d{6}$/.test(code)) return undefined;
  const result = await verify({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1_000),
    epochTolerance: STEP_S,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
