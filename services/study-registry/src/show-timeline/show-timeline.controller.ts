import { Controller, Get, Param } from '@nestjs/common';
import { PersonId, Role } from '@yinglian/contracts';
import { Allow, CallingPerson, type PersonPrincipal, unwrap } from '@yinglian/platform';
import { ShowTimelineHandler, type TimelineStudy } from './show-timeline.handler.js';

@Controller('api/study-registry/persons')
@Allow({ roles: Role.options })
export class ShowTimelineController {
  constructor(private readonly showTimeline: ShowTimelineHandler) {}

  /** A person's studies across hospitals; texts that are not known are null. */
  @Get(':personId/studies')
  async show(@Param('personId', { schema: PersonId }) personId: PersonId, @CallingPerson() caller: PersonPrincipal) {
    const studies = unwrap(await this.showTimeline.execute(caller, personId));
    return { items: studies.map(itemOf) };
  }
}

const itemOf = ({ study, mayOpen, isClosed }: TimelineStudy) => ({
  studyInstanceUid: study.study_uid,
  hospital: study.hospital,
  state: study.state,
  modalities: study.modalities,
  bodyPart: study.body_parts[0] ?? null,
  description: study.description || null,
  studyDate: study.study_date || null,
  studyTime: study.study_time || null,
  accessionNumber: study.accession_number || null,
  charsetGuessed: study.charset_guessed,
  instances: study.instance_count,
  received: study.received_count,
  arrivedAt: study.arrived_at.toISOString(),
  mayOpen,
  isClosed,
});
