import { type Question as Asked, Problem, send } from '@yinglian/web/browser';
import { signIn, users } from '../session/session.js';

export type Purpose = 'HOPERAT' | 'PATRQT';

export interface Question extends Pick<Asked, 'method' | 'body' | 'signal'> {
  readonly accept?: string;
  /** Why it is asked, when that is not treatment: an HL7 PurposeOfUse code. */
  readonly purpose?: Purpose;
}

/**
 * Asks a service with the person's token.
 * @throws Problem for every answer that is not a success
 */
export async function ask(path: string, { accept, purpose, ...question }: Question = {}): Promise<Response> {
  const user = await users.getUser();
  const headers = {
    ...(user === null ? {} : { authorization: `Bearer ${user.access_token}` }),
    ...(accept === undefined ? {} : { accept }),
    ...(purpose === undefined ? {} : { 'x-purpose-of-use': purpose }),
  };
  try {
    return await send(path, { ...question, headers });
  } catch (error) {
    if (error instanceof Problem && error.status === 401) await signIn();
    throw error;
  }
}

/** The same for an answer in JSON, of the form that the service's own specs hold it to. */
export async function askJson<T>(path: string, question: Question = {}): Promise<T> {
  const response = await ask(path, question);
  return response.json();
}

/** A query string of what is set. */
export function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const set = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}
