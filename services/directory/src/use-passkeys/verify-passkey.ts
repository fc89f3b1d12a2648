import { createHash } from 'node:crypto';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Passkey } from '../domain/passkey.js';
import type { RelyingParty } from '../domain/relying-party.js';
import { type NewPasskeyAnswer, type PasskeyAnswer, parsed } from './passkey-answer.js';

/** COSE: EdDSA, ES256, RS256; what authenticators have. */
export const ALGORITHMS = [-8, -7, -257];

interface Asked {
  readonly relyingParty: RelyingParty;
  readonly challenge: string;
}

const expectationsOf = ({ relyingParty, challenge }: Asked) => ({
  expectedChallenge: challenge,
  expectedOrigin: relyingParty.origin,
  expectedRPID: relyingParty.id,
  requireUserVerification: true,
});

/** The key that was made (WebAuthn Level 3 section 7.1); undefined of what was not made for this, or without its owner. */
export async function keyMade(
  asked: Asked,
  answer: NewPasskeyAnswer,
): Promise<Pick<Passkey, 'credentialId' | 'publicKey' | 'counter'> | undefined> {
  const { transports: _, ...response } = answer.response;
  try {
    const made = await verifyRegistrationResponse({
      ...expectationsOf(asked),
      response: { ...answer, response, clientExtensionResults: {} },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!made.verified) return undefined;
    const { id, publicKey, counter } = made.registrationInfo.credential;
    return { credentialId: id, publicKey, counter };
  } catch {
    return undefined;
  }
}

export type Signature =
  | { readonly kind: 'right'; readonly counter: number }
  /** `foreign`: signed for another address, as by who was led to a copy of this page. */
  | { readonly kind: 'wrong' | 'foreign' };

/** What a signature proves (WebAuthn Level 3 section 7.2). Its counter is to be compared where the last one is kept. */
export async function judgeSignature(
  asked: Asked,
  { credentialId, publicKey }: Pick<Passkey, 'credentialId' | 'publicKey'>,
  answer: PasskeyAnswer,
): Promise<Signature> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...expectationsOf(asked),
      response: { ...answer, clientExtensionResults: {} },
      credential: { id: credentialId, publicKey, counter: 0 },
    });
    if (verified) return { kind: 'right', counter: authenticationInfo.newCounter };
  } catch {
    // What is wrong is not told apart: a person has one answer, the record another for a foreign address.
  }
  return { kind: isFor(asked.relyingParty, answer) ? 'wrong' : 'foreign' };
}

const ClientData = z.object({ origin: z.string() });
const SHA256_BYTES = 32;

function isFor({ id, origin }: RelyingParty, { response }: PasskeyAnswer): boolean {
  const said = ClientData.safeParse(parsed(Buffer.from(response.clientDataJSON, 'base64url').toString()));
  const signedFor = Buffer.from(response.authenticatorData, 'base64url').subarray(0, SHA256_BYTES);
  return said.data?.origin === origin && createHash('sha256').update(id).digest().equals(signedFor);
}
