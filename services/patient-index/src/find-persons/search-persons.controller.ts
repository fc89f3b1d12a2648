import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { DicomDate, HospitalCode, PersonId } from '@yinglian/contracts';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { askingFor } from './asking-for.js';
import { SearchPersonsHandler } from './search-persons.handler.js';

const KEYS = ['idNumber', 'name', 'birthDate', 'hospital', 'localId'] as const;

/** Strict: a misspelt key must not widen the search. */
export const PersonSearch = z
  .strictObject({
    idNumber: z.string().trim().min(1).max(64).describe('Resident id, 15 or 18 characters').optional(),
    name: z.string().trim().min(1).max(64).describe('Chinese characters in a run, pinyin, or initials').optional(),
    birthDate: DicomDate.optional(),
    hospital: HospitalCode.optional(),
    localId: z.string().min(1).max(128).describe("A hospital's own number of its patient").optional(),
    limit: z.number().int().min(1).max(100).default(20),
    cursor: PersonId.describe('nextCursor of the page before').optional(),
  })
  .refine((search) => KEYS.some((key) => search[key] !== undefined), {
    message: `needs at least one of ${KEYS.join(', ')}`,
  });
export type PersonSearch = z.output<typeof PersonSearch>;

@Controller('api/patient-index/person-searches')
export class SearchPersonsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly searchPersons: SearchPersonsHandler,
  ) {}

  /** Persons by all keys together. The body carries them so that none gets into a URL. */
  @Post()
  @HttpCode(200)
  @Allow({ roles: ['clinician', 'steward'] })
  async search(@Body({ schema: PersonSearch }) search: PersonSearch, @Caller() caller: Principal) {
    const query = KEYS.filter((key) => search[key] !== undefined);
    unwrap(await this.access.authorize(askingFor('person.search', caller, null), { query }));
    return unwrap(await this.searchPersons.execute(search, new Date()));
  }
}
