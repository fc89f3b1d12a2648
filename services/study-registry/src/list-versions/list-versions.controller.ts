import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { Role, Uid } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { z } from 'zod';
import { OpenStudyHandler } from '../open-study/open-study.handler.js';
import { type StudyVersion, StudyVersionStore } from '../storage/study-version.store.js';

const Page = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0).describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** Which versions a study has had: late images and corrections each made one, and none is lost. */
@Controller('api/study-registry/studies')
@Allow({ roles: Role.options })
export class ListVersionsController {
  constructor(
    private readonly openStudy: OpenStudyHandler,
    private readonly database: Database,
  ) {}

  /**
   * Versions in their order, when and by what each came. `retrievable` are those that `version=` of WADO-RS answers. To whom a search tells of
   * the study, and recorded as one.
   */
  @Get(':study/versions')
  @Header('cache-control', 'no-store')
  async list(
    @Param('study', { schema: Uid }) studyUid: string,
    @Query({ schema: Page }) { after, limit }: z.output<typeof Page>,
    @CallingPerson() caller: PersonPrincipal,
  ) {
    const study = unwrap(await this.openStudy.find(caller, studyUid, ['versions']));
    const store = new StudyVersionStore(this.database);
    const [found, since] = await Promise.all([store.list(studyUid, after, limit + 1), store.keptSince(studyUid)]);
    const isRetrievable = (version: number) =>
      version === study.version || (since !== null && version >= since && version <= study.version);
    const versions = found.slice(0, limit);
    return {
      current: study.version,
      versions: versions.map((version) => versionJson(version, isRetrievable(version.version))),
      next: found.length > limit ? (versions.at(-1)?.version ?? null) : null,
    };
  }
}

const versionJson = ({ changedAt, ...version }: StudyVersion, retrievable: boolean) => ({
  ...version,
  changedAt: changedAt.toISOString(),
  retrievable,
});
