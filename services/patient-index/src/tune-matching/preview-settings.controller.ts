import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { SmallCells } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, Caller, type Principal, unwrap } from '@yinglian/platform';
import { askingFor } from '../find-persons/asking-for.js';
import { presentExamples } from './present-examples.js';
import { presentToAdministrators } from './present-to-administrators.js';
import { PreviewSettingsHandler } from './preview-settings.handler.js';
import { ProposedSettings } from './proposed-settings.js';
import { tunerOf } from './tuner-of.js';

@Controller('api/patient-index/match-settings/previews')
export class PreviewSettingsController {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly previewSettings: PreviewSettingsHandler,
    private readonly cells: SmallCells,
  ) {}

  /**
   * What the settings would change. Examples are shown to stewards only, who may see identities, and recorded as a look at each person.
   * An administrator sees null where a figure is not 0 and less than `fewerThan`, or would tell one that is.
   * 409 MATCH_SAMPLE_BUSY.
   */
  @Post()
  @HttpCode(200)
  @Allow({ roles: ['administrator', 'steward'] })
  async preview(@Body({ schema: ProposedSettings }) proposed: ProposedSettings, @Caller() caller: Principal) {
    const { roles } = tunerOf(caller);
    const now = new Date();
    const { telling, ...preview } = unwrap(await this.previewSettings.execute(proposed, now));
    if (!roles.includes('steward')) return presentToAdministrators(preview, this.cells);
    const examples = await presentExamples(this.database, telling, preview.leastBits, now);
    const persons = new Set(examples.flatMap(({ records }) => records.map(({ personId }) => personId)));
    for (const personId of persons)
      unwrap(await this.access.authorize(askingFor('person.read', caller, personId), { query: ['match-settings'] }));
    return { ...preview, examples, fewerThan: null };
  }
}
