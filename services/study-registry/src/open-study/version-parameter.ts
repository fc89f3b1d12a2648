import { z } from 'zod';

/**
 * In the query of a retrieval: the study as of that version of it. Ours, not of DICOMweb; what is withdrawn now is withdrawn of all
 * versions.
 */
export const VersionParameter = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1)
  .optional();
export type VersionParameter = z.output<typeof VersionParameter>;
