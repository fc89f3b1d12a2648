import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, failure, type Principal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { SHIPPED } from '../domain/match-settings.js';
import { patientIndexProblems } from '../patient-index.errors.js';
import { settingsOfVersion, settingsSoFar } from '../storage/match-settings.store.js';
import { ApplySettingsHandler } from './apply-settings.handler.js';
import { presentSettings, withShipped } from './present-settings.js';
import { NewSettings } from './proposed-settings.js';
import { administratorOf, tunerOf } from './tuner-of.js';

const Version = z.coerce.number().int().min(0).max(2_147_483_647);
const SHOWN_AT_MOST = 100;

/** How the province weighs records and from when on stewards are asked. Whoever set it is kept with it, and why. */
@Controller('api/patient-index/match-settings')
export class MatchSettingsController {
  constructor(
    private readonly database: Database,
    private readonly applySettings: ApplySettingsHandler,
  ) {}

  /** The newest first; the first one holds. */
  @Get()
  @Allow({ roles: ['administrator', 'steward'] })
  async list(@Caller() caller: Principal) {
    tunerOf(caller);
    return { settings: withShipped(await settingsSoFar(this.database, SHOWN_AT_MOST)).map(presentSettings) };
  }

  /** One version with its model; null: the shipped one. */
  @Get(':version')
  @Allow({ roles: ['administrator', 'steward'] })
  async show(@Param('version', { schema: Version }) version: number, @Caller() caller: Principal) {
    tunerOf(caller);
    const found = version === 0 ? SHIPPED : await settingsOfVersion(this.database, version);
    if (found === undefined) return unwrap(failure(patientIndexProblems.MATCH_SETTINGS_NOT_FOUND));
    return { ...presentSettings(found), model: found.model };
  }

  /** Adds a version, which holds from now on. 409 MATCH_SETTINGS_CHANGED when `baseVersion` is not the last one any more. */
  @Put()
  @Allow({ roles: ['administrator'] })
  async apply(@Body({ schema: NewSettings }) asked: NewSettings, @Caller() caller: Principal) {
    return presentSettings(unwrap(await this.applySettings.execute(asked, administratorOf(caller), new Date())));
  }
}
