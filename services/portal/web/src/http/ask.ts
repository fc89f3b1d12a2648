import { signIn, users } from '../session/session.js';
import { Problem, problemOf } from './problem.js';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: object;
  readonly accept?: string;
  /** Why it is asked, when that is not treatment: an HL7 PurposeOfUse code. */
  readonly purpose?: 'HOPERAT';
  readonly signal?: AbortSignal;
}

/**
 * Asks a service with the person's token.
 * @throws Problem for every answer that is not a success
 */
export async function ask(path: string, question: Question = {}): Promise<Response> {
  const user = await users.getUser();
  const response = await send(path, question, user?.access_token);
  if (response.ok) return response;
  if (response.status === 401) await signIn();
  throw await problemOf(response);
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

async function send(
  path: string,
  { method = 'GET', body, accept, purpose, signal }: Question,
  token: string | undefined,
) {
  try {
    return await fetch(path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(accept === undefined ? {} : { accept }),
        ...(purpose === undefined ? {} : { 'x-purpose-of-use': purpose }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      cache: 'no-store',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem('UNREACHABLE', 0, 'No answer');
  }
}
