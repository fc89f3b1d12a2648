import { types } from 'node:util';

/** Whether it is an error, also one of another realm, as Node's own are to code that runs in a context of its own. */
export const isError = (thrown: unknown): thrown is Error => types.isNativeError(thrown) || thrown instanceof Error;

/** The error in one line, for a log or an operator, without values of rows. */
export function messageOf(thrown: unknown): string {
  if (!isError(thrown)) return `Something that is no error was thrown: ${typeof thrown}`;
  return `${thrown.name}: ${withoutValues(thrown)}`;
}

const CAUSES_AT_MOST = 4;

/**
 * The error's stack and those of its causes, for a log. Nothing else of it: a database's error carries values of rows
 * in its other fields, and in some messages.
 */
export function stackOf(thrown: unknown): string {
  const stacks: string[] = [];
  for (let cause = thrown; cause !== undefined && stacks.length < CAUSES_AT_MOST; cause = causeOf(cause)) {
    stacks.push(isError(cause) ? ownStackOf(cause) : messageOf(cause));
  }
  return stacks.join('\ncaused by ');
}

/** The first of the reasons of an AggregateError is as good as the others: a host that answers on none of its addresses. */
const causeOf = (thrown: unknown): unknown =>
  !isError(thrown) ? undefined : thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause;

function ownStackOf(error: Error): string {
  const safe = withoutValues(error);
  return error.stack === undefined ? messageOf(error) : error.stack.replace(error.message, () => safe);
}

/**
 * PostgreSQL quotes the value in data exceptions (SQLSTATE class 22: `invalid input syntax for type date: "…"`), V8 a
 * part of the text that is not JSON.
 */
function withoutValues(error: Error): string {
  const quotes = error.name === 'SyntaxError' || ('code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code)));
  return quotes ? error.message.replace(/["'].*["']/s, '"…"') : error.message;
}
