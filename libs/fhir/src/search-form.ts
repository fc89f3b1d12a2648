import { z } from 'zod';

/** Parameters of a search, in an address or a form. */
export const SearchForm = z.record(z.string().max(128), z.union([z.string(), z.array(z.string()).max(16)]));
export type SearchForm = z.infer<typeof SearchForm>;
