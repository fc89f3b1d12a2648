import type { AccessRecordedV1, EventData } from '@yinglian/contracts';
import { type Answer, answerOf } from './answer.js';
import type { Policies } from './policies.js';
import { questionOf } from './question.js';

/** What of a record is needed to decide it again. */
export type Replayable = Pick<
  EventData<typeof AccessRecordedV1>,
  'action' | 'purposeOfUse' | 'personId' | 'studyInstanceUid' | 'ownerHospital' | 'facts'
> & { readonly actor: Pick<EventData<typeof AccessRecordedV1>['actor'], 'subject' | 'roles' | 'hospital'> };

/** What these policies answer to what was asked then; undefined of a record from before facts were recorded. */
export function replay(policies: Policies, { actor, facts, ...asked }: Replayable): Answer | undefined {
  return facts === undefined ? undefined : answerOf(policies, questionOf({ ...actor, ...asked }, facts));
}
