import type { EventData, WorkstationChangedV1, WorkstationRemovedV1 } from '@yinglian/contracts';
import type { Deed } from '@yinglian/platform';
import type { Workstation } from '../domain/workstation.js';

/** What the others are told of a workstation. */
export const workstationEvent = ({
  changedAt,
  certificates,
  ...workstation
}: Workstation): EventData<typeof WorkstationChangedV1> => ({
  ...workstation,
  certificates: [...certificates],
  changedAt: changedAt.toISOString(),
});

/** What the others are told of one that is removed. */
export const removalEvent = ({
  aeTitle,
  hospital,
  version,
  changedAt,
}: Workstation): EventData<typeof WorkstationRemovedV1> => ({
  aeTitle,
  hospital,
  version,
  removedAt: changedAt.toISOString(),
});

/** What is recorded of what was done to one. */
export const deedOn = ({ aeTitle, hospital }: Workstation, action: Deed['action']): Deed => ({
  action,
  hospital,
  object: { kind: 'workstation', id: aeTitle },
});
