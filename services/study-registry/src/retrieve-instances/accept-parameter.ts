import { z } from 'zod';

/** Media types in the query (PS3.18 section 8.3.3.1), for who cannot set a header: once, or several times. */
export const AcceptParameter = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => (Array.isArray(given) ? given.join(',') : given));
export type AcceptParameter = z.output<typeof AcceptParameter>;
