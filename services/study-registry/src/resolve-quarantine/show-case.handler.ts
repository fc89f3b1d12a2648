import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, success } from '@yinglian/platform';
import { QuarantineStore } from '../storage/quarantine.store.js';
import type { CaseDecision, QuarantineCase } from '../storage/quarantine-case.js';
import { SeriesStore } from '../storage/series.store.js';
import { StudyStore } from '../storage/study.store.js';
import type { SeriesRow, StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import { aboutQuarantine } from './about-quarantine.js';
import { type CaseComparison, CompareVersions } from './compare-versions.js';

/** Everything a steward needs to decide one case. It is recorded before it is shown. */
@Injectable()
export class ShowCaseHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly compareVersions: CompareVersions,
  ) {}

  /** Failures: the refusal's 403; QUARANTINE_CASE_NOT_FOUND. */
  async execute(caller: PersonPrincipal, caseId: string) {
    const asked = await new QuarantineStore(this.database).find(caseId);
    const study = await new StudyStore(this.database).find(asked?.studyUid ?? '');
    const decided = await this.access.authorize(aboutQuarantine(caller, study ?? null), { query: ['quarantine'] });
    if (!decided.ok) return decided;
    if (asked === undefined || study === undefined) return failure(registryProblems.QUARANTINE_CASE_NOT_FOUND);
    const [series, decisions, comparison] = await Promise.all([
      new SeriesStore(this.database).find(asked.studyUid, asked.seriesUid),
      new QuarantineStore(this.database).decisions(caseId),
      this.compareVersions.of(asked),
    ]);
    return success(shown(asked, study, series, decisions, comparison));
  }
}

const shown = (
  asked: QuarantineCase,
  study: StudyRow,
  series: SeriesRow | undefined,
  decisions: readonly CaseDecision[],
  comparison: CaseComparison,
) => ({
  caseId: asked.caseId,
  reason: asked.reason,
  state: asked.state,
  hospital: asked.hospital,
  instances: asked.instances,
  version: asked.version,
  openedAt: asked.openedAt.toISOString(),
  study: {
    studyInstanceUid: study.study_uid,
    hospital: study.hospital,
    patientName: study.patient_name,
    patientId: study.patient_id,
    studyDate: study.study_date,
    description: study.description,
    modalities: study.modalities,
    charsetGuessed: study.charset_guessed,
  },
  series: {
    seriesInstanceUid: asked.seriesUid,
    seriesNumber: series?.series_number ?? '',
    description: series?.description ?? '',
    instances: series?.instance_count ?? 0,
  },
  ...comparison,
  decisions: decisions.map((made) => ({ ...made, decidedAt: made.decidedAt.toISOString() })),
});
