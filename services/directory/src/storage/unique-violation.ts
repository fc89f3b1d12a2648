/** The constraint that an insert broke, or undefined when it failed otherwise (SQLSTATE 23505). */
export function brokenConstraint(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== '23505') return undefined;
  return 'constraint' in error ? String(error.constraint) : '';
}
