import { readEndpoints } from '../endpoints/endpoints.js';
import { Obstacle } from '../obstacle.js';
import type { Settings } from '../settings.js';
import { signIn } from '../sign-in/sign-in.js';

/** Prints an access token of the user, and nothing else. */
export async function printToken(settings: Settings, username: string): Promise<void> {
  const endpoints = readEndpoints(settings.YINGLIAN_HOME);
  const user = endpoints.users.find((candidate) => candidate.username === username);
  if (user === undefined) {
    throw new Obstacle(
      `There is no user ${username}; there are ${endpoints.users.map((one) => one.username).join(', ')}.`,
    );
  }
  const { accessToken } = await signIn({ issuer: endpoints.oidc, username, password: user.password });
  console.log(accessToken);
}
