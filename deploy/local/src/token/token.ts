import { readEndpoints } from '../endpoints/endpoints.js';
import { Obstacle } from '../obstacle.js';
import type { Settings } from '../settings.js';
import { SECOND_FACTOR, SignInRefused, signIn } from '../sign-in/sign-in.js';
import { readPassword } from './read-password.js';

const UNAUTHORIZED = 401;

/** Prints an access token of the user, and nothing else. The passwords of the sample are known here, that of anybody else is asked for. */
export async function printToken(settings: Settings, username: string, ask = readPassword): Promise<void> {
  const { users, oidc } = readEndpoints(settings.YINGLIAN_HOME);
  const known = users.find((user) => user.username === username)?.password;
  const password = known ?? (await ask(`Password of ${username}: `));
  if (password === '') {
    const names = users.map((user) => user.username).join(', ');
    throw new Obstacle(
      `Without a password there are tokens of ${names} only: the one of ${username} goes on standard input.`,
    );
  }
  const { accessToken } = await signIn({ issuer: oidc, username, password }).catch((error: unknown) => {
    if (error instanceof SignInRefused && error.answer === SECOND_FACTOR) {
      throw new Obstacle(
        `${username} has a second factor, needs one, or has not chosen a password yet, and signs in with a browser.`,
      );
    }
    if (!isRefusal(error)) throw error;
    throw new Obstacle(
      known === undefined
        ? `${username} is not known, or has another password.`
        : `${username} has another password than the sample by now, and signs in with a browser.`,
    );
  });
  console.log(accessToken);
}

const isRefusal = (error: unknown) => error instanceof SignInRefused && error.answer === UNAUTHORIZED;
