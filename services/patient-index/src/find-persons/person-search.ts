import { DicomDate, HospitalCode } from '@yinglian/contracts';
import { clean } from '@yinglian/names';
import { z } from 'zod';
import { SearchCursor } from './search-cursor.js';

/** What persons can be searched by; of these, the names go into the access record. */
export const SEARCH_KEYS = ['idNumber', 'name', 'birthDate', 'hospital', 'localId'] as const;

/** Strict: a misspelt key must not widen the search. */
export const PersonSearch = z
  .strictObject({
    idNumber: z.string().trim().min(1).max(64).describe('Resident id, 15 or 18 characters').optional(),
    name: z.string().trim().min(1).max(64).describe('Chinese characters in a run, pinyin, or initials').optional(),
    birthDate: DicomDate.optional(),
    hospital: HospitalCode.optional(),
    localId: z
      .string()
      .max(128)
      .transform(clean)
      .pipe(z.string().min(1))
      .describe("A hospital's own number of its patient")
      .optional(),
    limit: z.number().int().min(1).max(100).default(20),
    cursor: SearchCursor.describe('nextCursor of the page before').optional(),
  })
  .refine((search) => SEARCH_KEYS.some((key) => search[key] !== undefined), {
    message: `needs at least one of ${SEARCH_KEYS.join(', ')}`,
  });
export type PersonSearch = z.output<typeof PersonSearch>;
