import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { Database } from '@yinglian/persistence';
import type { Passkey } from '../domain/passkey.js';
import type { RelyingParty } from '../domain/relying-party.js';
import { FactorKey } from '../prove-second-factor/factor-key.js';
import { SIGN_IN_SETTINGS, type SignInSettings } from '../sign-in/sign-in.settings.js';
import { passkeysOf } from '../storage/passkey.store.js';
import { type Ceremony, saveChallenge, takeChallenge } from '../storage/passkey-challenge.store.js';
import { ALGORITHMS } from './verify-passkey.js';

const TIMEOUT_MS = 5 * 60_000;
const NAME = '影联 Yinglian';

/** What browsers are asked for; undefined where they make no passkeys. */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly database: Database,
    @Inject(SIGN_IN_SETTINGS) private readonly settings: SignInSettings,
    @Inject(FactorKey) private readonly key: FactorKey,
  ) {}

  get arePossible(): boolean {
    return this.settings.relyingParty !== undefined;
  }

  /** For a further passkey. */
  async toMake(ceremony: Ceremony): Promise<PublicKeyCredentialCreationOptionsJSON | undefined> {
    const { relyingParty } = this.settings;
    if (relyingParty === undefined) return undefined;
    const { account } = ceremony;
    const options = await generateRegistrationOptions({
      rpName: NAME,
      rpID: relyingParty.id,
      userName: account,
      userDisplayName: account,
      userID: this.key.userHandle(account),
      timeout: TIMEOUT_MS,
      excludeCredentials: (await passkeysOf(this.database, account)).map(described),
      // Without a password manager's account a security key does as well.
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    await saveChallenge(this.database, ceremony, options.challenge);
    return options;
  }

  /** For a signature by one that the account has; undefined of who has none, too. */
  async toSign(ceremony: Ceremony): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
    const { relyingParty } = this.settings;
    const passkeys = relyingParty === undefined ? [] : await passkeysOf(this.database, ceremony.account);
    if (relyingParty === undefined || passkeys.length === 0) return undefined;
    const options = await generateAuthenticationOptions({
      rpID: relyingParty.id,
      timeout: TIMEOUT_MS,
      allowCredentials: passkeys.map(described),
      userVerification: 'required',
    });
    await saveChallenge(this.database, ceremony, options.challenge);
    return options;
  }

  /** What was asked, this one time; undefined if nothing was, or too long ago. */
  async take(ceremony: Ceremony): Promise<{ relyingParty: RelyingParty; challenge: string } | undefined> {
    const { relyingParty } = this.settings;
    const challenge = await takeChallenge(this.database, ceremony);
    return relyingParty === undefined || challenge === undefined ? undefined : { relyingParty, challenge };
  }
}

const described = ({ credentialId, transports }: Passkey) => ({ id: credentialId, transports: [...transports] });
