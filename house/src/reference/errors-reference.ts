import type { ProblemType } from '@yinglian/platform';
import type { PublicModule } from './public-modules.js';
import { table } from './table.js';

/** docs/reference/errors.md: every stable code, who answers it and what it means. */
export function errorsReference(modules: readonly PublicModule[]): string {
  const rows = modules.flatMap(({ owner, exports }) =>
    Object.values(exports)
      .flatMap((exported) => (isRecord(exported) ? Object.values(exported) : []))
      .filter(isProblem)
      .map((problem) => [`\`${problem.code}\``, String(problem.status), problem.title, owner]),
  );
  if (rows.length === 0) throw new Error('No problem was found: the reference would be empty');
  rows.sort(([a = ''], [b = '']) => a.localeCompare(b));
  return [
    '# Errors',
    'Every failure is answered as `application/problem+json` (RFC 9457), below `/fhir` as an OperationOutcome, with one of these codes. Codes never change their meaning.',
    table(['Code', 'Status', 'Meaning', 'Answered by'], rows),
  ].join('\n\n');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isProblem = (value: unknown): value is ProblemType =>
  isRecord(value) &&
  typeof value.code === 'string' &&
  typeof value.status === 'number' &&
  typeof value.title === 'string';
