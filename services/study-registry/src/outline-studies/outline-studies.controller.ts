import { Controller, Get, Param } from '@nestjs/common';
import { PersonId } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import type { StudyRow } from '../storage/study-row.js';
import { OutlineStudiesHandler } from './outline-studies.handler.js';

@Controller('api/study-registry/persons')
export class OutlineStudiesController {
  constructor(private readonly outlineStudies: OutlineStudiesHandler) {}

  /** When and where a person was examined and how, by which a steward tells people apart; nothing by which a study could be opened. */
  @Get(':personId/study-outline')
  @Allow({ roles: ['steward'] })
  async outline(@Param('personId', { schema: PersonId }) personId: PersonId, @CallingPerson() caller: PersonPrincipal) {
    const { studies, leftOut } = unwrap(await this.outlineStudies.execute(caller, personId));
    return { studies: studies.map(outlineOf), leftOut };
  }
}

const outlineOf = (study: StudyRow) => ({
  patient: { hospital: study.hospital, issuer: study.patient_issuer, id: study.patient_id },
  studyDate: study.study_date || null,
  modalities: study.modalities,
  bodyPart: study.body_parts[0] ?? null,
  description: study.description || null,
  images: study.instance_count,
});
