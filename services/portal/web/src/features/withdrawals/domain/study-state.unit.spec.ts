import { expect, it } from '@jest/globals';
import { type StudyState, stateOf } from './study-state.js';

it.each<[StudyState, isWithdrawn: boolean, shownInstances: number]>([
  ['shown', false, 3],
  ['partly', false, 2],
  ['withdrawn', true, 0],
])(
  'a study is %s when withdrawn is %s and %d of 3 images are shown, held or not',
  (state, isWithdrawn, shownInstances) => {
    for (const isHeld of [true, false]) {
      expect(stateOf({ isWithdrawn, isHeld, instances: 3, shownInstances })).toBe(state);
    }
  },
);
