import { Problem, problemOf } from './problem.js';

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks a service, and keeps no answer in the browser.
 * @throws Problem for every answer that is not a success, and for none
 */
export async function send(path: string, question: Question = {}): Promise<Response> {
  const response = await answerOf(path, question);
  if (response.ok) return response;
  throw await problemOf(response);
}

async function answerOf(path: string, { method = 'GET', body, headers, signal }: Question): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      cache: 'no-store',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem('UNREACHABLE', 0, 'No answer');
  }
}
