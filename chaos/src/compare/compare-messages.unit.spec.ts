import { describe, expect, it } from '@jest/globals';
import { compareMessages } from './compare-messages.js';

describe('messages in the event log', () => {
  const offered = new Map([
    ['V1', true],
    ['V2', true],
    ['V3', false],
  ]);
  const compared = (told: Record<string, number>) => {
    const { lost, doubled } = compareMessages(offered, new Map(Object.entries(told)));
    return { lost, doubled };
  };

  it('are well when each acknowledged one is told once', () => {
    expect(compared({ V1: 1, V2: 1 })).toEqual({ lost: 0, doubled: 0 });
    expect(compared({ V1: 1, V2: 1, V3: 1 })).toEqual({ lost: 0, doubled: 0 });
  });

  it('are lost when they are acknowledged and not told, and doubled when they are told twice', () => {
    expect(compared({ V1: 1 })).toEqual({ lost: 1, doubled: 0 });
    expect(compared({ V1: 2, V2: 1, V3: 2 })).toEqual({ lost: 0, doubled: 2 });
  });
});
