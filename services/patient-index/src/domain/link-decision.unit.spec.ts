import { describe, expect, it } from '@jest/globals';
import { decideLink, type Holder, type Linked } from './link-decision.js';
import type { Observation } from './observation.js';
import { readName } from './person-name.js';

const ID = '11010519491231002X';
const OTHER_ID = '440524188001010014';
const name = (alphabetic: string) => readName({ alphabetic });
const seen = (text: string, birthDate: string | null, residentIds: string[] = [ID]): Observation => ({
  name: name(text),
  birthDate,
  sex: '',
  residentIds,
});
const holder = (names: string[], birthDates: string[] = [], personId = 'A', residentId = ID): Holder => ({
  personId,
  residentId,
  names: names.map(name),
  birthDates,
});
const linked = (personId: string, residentId: string | null): Linked => ({ personId, residentId });
const conflict = (kind: string, otherPersonId: string | null = 'A', residentId = ID) => ({
  kind,
  residentId,
  otherPersonId,
});

describe('a patient seen for the first time', () => {
  it.each([
    [
      'without an id is a new person',
      seen('李娜', '19491231', []),
      [],
      { kind: 'create', claims: null, conflicts: [] },
    ],
    ['with an id that nobody holds claims it', seen('李娜', null), [], { kind: 'create', claims: ID, conflicts: [] }],
    [
      'joins the holder whose name agrees',
      seen('LI^NA', '19000101'),
      [holder(['李娜'])],
      { kind: 'link', personId: 'A' },
    ],
    [
      'joins the holder whose birth date agrees',
      seen('李丽', '19500101'),
      [holder(['李娜'], ['19500101'])],
      { kind: 'link', personId: 'A' },
    ],
    [
      'joins the holder whose id has the stated birth date',
      seen('李丽', '19491231'),
      [holder(['李娜'])],
      { kind: 'link', personId: 'A' },
    ],
    [
      'of another name and birth date has a shared card',
      seen('王强', '19800101'),
      [holder(['李娜'])],
      { kind: 'create', claims: null, conflicts: [conflict('SHARED_ID')] },
    ],
    [
      'of another name without birth date proves nothing by the id alone',
      seen('王强', null),
      [holder(['李娜'])],
      { kind: 'create', claims: null, conflicts: [conflict('SHARED_ID')] },
    ],
    [
      'under a third name makes the id doubtful',
      seen('赵敏', '19491231'),
      [holder(['李娜', '王强'])],
      { kind: 'create', claims: null, conflicts: [conflict('MANY_NAMES')] },
    ],
    [
      'with ids of several people is a new person',
      seen('李娜', null, [ID, OTHER_ID]),
      [holder(['李娜'])],
      { kind: 'create', claims: null, conflicts: [conflict('SEVERAL_IDS')] },
    ],
  ])('%s', (_, observation, holders, decision) => expect(decideLink(observation, null, holders)).toEqual(decision));
});

describe('a patient who is linked', () => {
  it.each([
    ['stays', seen('王强', '19800101', []), linked('B', null), [], { kind: 'keep', claims: null, conflicts: [] }],
    [
      'stays with the holder of the id',
      seen('王强', '19800101'),
      linked('A', ID),
      [holder(['李娜'])],
      { kind: 'keep', claims: null, conflicts: [] },
    ],
    [
      'claims an id that nobody holds',
      seen('李娜', null),
      linked('B', null),
      [],
      { kind: 'keep', claims: ID, conflicts: [] },
    ],
    [
      'and shows the id of another later is not moved',
      seen('李娜', '19491231'),
      linked('B', null),
      [holder(['李娜'])],
      { kind: 'keep', claims: null, conflicts: [conflict('LATE_ID')] },
    ],
    [
      'and shows another id may be another person',
      seen('李娜', null),
      linked('B', OTHER_ID),
      [],
      { kind: 'keep', claims: null, conflicts: [conflict('ID_CHANGED', null)] },
    ],
    [
      'and shows the id of another person',
      seen('李娜', null),
      linked('B', OTHER_ID),
      [holder(['李娜'])],
      { kind: 'keep', claims: null, conflicts: [conflict('ID_CHANGED')] },
    ],
    [
      'and shows ids of several people',
      seen('李娜', null, [ID, OTHER_ID]),
      linked('B', OTHER_ID),
      [holder(['李娜']), holder(['赵敏'], [], 'B', OTHER_ID)],
      { kind: 'keep', claims: null, conflicts: [conflict('SEVERAL_IDS')] },
    ],
  ])('%s', (_, observation, current, holders, decision) =>
    expect(decideLink(observation, current, holders)).toEqual(decision),
  );
});
