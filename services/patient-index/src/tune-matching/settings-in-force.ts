import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { type MatchSettings, SHIPPED } from '../domain/match-settings.js';
import { settingsNewerThan } from '../storage/match-settings.store.js';

/** What holds now, in whichever process it was set: whoever weighs a batch looks once whether there is a newer version. */
@Injectable()
export class SettingsInForce {
  private known = SHIPPED;

  async read(sql: Sql): Promise<MatchSettings> {
    const newer = await settingsNewerThan(sql, this.known.version);
    if (newer !== undefined && newer.version > this.known.version) this.known = newer;
    return this.known;
  }
}
