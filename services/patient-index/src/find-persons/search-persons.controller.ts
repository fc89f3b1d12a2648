import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { askingFor } from './asking-for.js';
import { PersonSearch, SEARCH_KEYS } from './person-search.js';
import { SearchPersonsHandler } from './search-persons.handler.js';

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
    const query = SEARCH_KEYS.filter((key) => search[key] !== undefined);
    const searching = () => this.searchPersons.execute(search, new Date());
    return unwrap(
      unwrap(await this.access.authorizeWhile(askingFor('person.search', caller, null), { query }, searching)),
    );
  }
}
