import type { CDPSession, Page } from 'playwright-core';

type Keys = Awaited<ReturnType<typeof keysOf>>;

const OPTIONS = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** Chromium's own authenticator of one page (Chrome DevTools Protocol, domain WebAuthn): whoever sits there touches it and is known to it. */
export class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** @param keys that it has from the beginning, as one has that is carried to another machine */
  static async in(page: Page, keys: Keys = []): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options: OPTIONS });
    for (const credential of keys) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  keys(): Promise<Keys> {
    return keysOf(this.session, this.authenticatorId);
  }

  async putAway(): Promise<void> {
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.authenticatorId });
  }
}

const keysOf = async (session: CDPSession, authenticatorId: string) =>
  (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
