import { isError } from './describe-error.js';

/**
 * Whether an error says that a needed server is away, busy or interrupted the transaction, so that the request or event is
 * not to blame. PostgreSQL's SQLSTATE classes: 08 connection, 40 rollback (deadlock), 53 resources, 57 operator, 58 system.
 */
export function isOutage(error: unknown): boolean {
  if (!isError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(08|40|53|57|58)[0-9A-Z]{3}$/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code) ||
    /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed|Cannot use a pool after)/.test(
      error.message,
    ) ||
    (error instanceof AggregateError && error.errors.some(isOutage)) ||
    isOutage(error.cause)
  );
}
