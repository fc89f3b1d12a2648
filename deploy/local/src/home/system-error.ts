/** The code of an error of the system, for instance EEXIST (errno(3)). */
export const systemErrorCode = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
