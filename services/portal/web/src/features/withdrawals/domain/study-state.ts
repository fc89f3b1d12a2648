import type { RegisteredStudy } from './registered-study.js';

export type StudyCounts = Pick<RegisteredStudy, 'isWithdrawn' | 'isHeld' | 'instances' | 'shownInstances'>;
export type StudyState = 'shown' | 'partly' | 'withdrawn';

export const stateOf = ({ isWithdrawn, instances, shownInstances }: StudyCounts): StudyState =>
  isWithdrawn ? 'withdrawn' : shownInstances < instances ? 'partly' : 'shown';
