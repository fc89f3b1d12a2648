import { describe, expect, it } from '@jest/globals';
import { decideLink, type Group, type LinkDecision, type Statement } from './link-decision.js';
import { readName } from './person-name.js';

const ID = 'RESIDENT_ID 11010519491231002X';
const OTHER_ID = 'RESIDENT_ID 440524188001010014';
const CARD = 'HEALTH_CARD:33 A1';
const name = (alphabetic: string) => readName({ alphabetic });
const seen = (
  text: string,
  birthDate: string | null,
  strongNumbers: string[] = [ID],
  more: Partial<Statement> = {},
): Statement => ({ name: name(text), birthDate, sex: '', strongNumbers, neverLinks: false, ...more });
const group = (
  names: string[],
  birthDates: string[] = [],
  { survivorId = 'A', held = [ID], sexes = [] as string[] } = {},
): Group => ({
  survivorId,
  held: new Map(held.map((number) => [number, survivorId])),
  names: names.map(name),
  birthDates,
  sexes,
});
const conflict = (kind: string, otherPersonId: string | null = 'A', number = ID) => ({ kind, number, otherPersonId });
const nothing: LinkDecision = { homeId: null, reason: 'NEW_PERSON', claims: [], merges: [], conflicts: [] };
const linked: LinkDecision = { ...nothing, homeId: 'A', reason: 'STRONG_ID', claims: [ID] };

describe('a patient seen for the first time', () => {
  it.each<[string, Statement, Group[], object]>([
    ['without a number is a new person', seen('李娜', '19491231', []), [], nothing],
    ['with a number that nobody holds claims it', seen('李娜', null), [], { ...nothing, claims: [ID] }],
    ['joins the holder whose name agrees', seen('LI^NA', '19000101'), [group(['李娜'])], linked],
    ['joins the holder whose birth date agrees', seen('李丽', '19500101'), [group(['李娜'], ['19500101'])], linked],
    [
      'of another name has a shared card, though its birth date is the one within the id',
      seen('李丽', '19491231'),
      [group(['李娜'], ['19491231'])],
      { ...nothing, conflicts: [conflict('SHARED_ID')] },
    ],
    [
      'joins the holder of a like name and the birth date within the id',
      seen('张玮', '19491231'),
      [group(['张伟'], ['19491231'])],
      linked,
    ],
    [
      'of another name has borrowed all cards, though birth dates agree',
      seen('李丽', '19491231', [CARD, ID]),
      [group(['李娜'], ['19491231'], { held: [CARD, ID] })],
      { ...nothing, conflicts: [conflict('SHARED_ID', 'A', CARD)] },
    ],
    [
      'does not join whoever only has an id with that birth date',
      seen('李丽', '19491231'),
      [group(['李娜'])],
      { ...nothing, conflicts: [conflict('SHARED_ID')] },
    ],
    ['born on quite another day than the id says does not claim it', seen('李娜', '19840225'), [], nothing],
    [
      'whose birth date may be a slip of the one within the id claims it',
      seen('李娜', '19491213'),
      [],
      { ...nothing, claims: [ID] },
    ],
    [
      'joins by a card, and brings its resident id',
      seen('李娜', null, [CARD, ID]),
      [group(['李娜'], [], { held: [CARD] })],
      { ...linked, claims: [CARD, ID] },
    ],
    [
      'shows that two persons are one',
      seen('李娜', null, [CARD, ID]),
      [group(['李娜'], [], { held: [CARD], survivorId: 'B' }), group(['李娜'])],
      { ...linked, claims: [ID], merges: ['B'] },
    ],
    [
      'does not join two of different resident ids',
      seen('李娜', null, [CARD, ID]),
      [group(['李娜'], [], { held: [CARD, OTHER_ID], survivorId: 'B' }), group(['李娜'])],
      { ...linked, conflicts: [conflict('ID_CHANGED', 'B', CARD)] },
    ],
    [
      'with another id than the holder of its card may be somebody else',
      seen('李娜', null, [CARD, OTHER_ID]),
      [group(['李娜'], [], { held: [CARD, ID] })],
      { ...linked, claims: [CARD], conflicts: [conflict('ID_CHANGED', null, OTHER_ID)] },
    ],
    [
      'of another name and birth date has a shared card',
      seen('王强', '19800101'),
      [group(['李娜'])],
      { ...nothing, conflicts: [conflict('SHARED_ID')] },
    ],
    [
      'of another name without birth date proves nothing by the id alone',
      seen('王强', null),
      [group(['李娜'])],
      { ...nothing, conflicts: [conflict('SHARED_ID')] },
    ],
    [
      'of another name and sex has a shared card, though birth dates agree',
      seen('王强', '19500101', [ID], { sex: 'M' }),
      [group(['李娜'], ['19500101'], { sexes: ['F'] })],
      { ...nothing, conflicts: [conflict('SHARED_ID')] },
    ],
    [
      'under a third name makes the id doubtful',
      seen('赵敏', '19500101'),
      [group(['李娜', '王强'], ['19500101'])],
      { ...nothing, conflicts: [conflict('MANY_NAMES')] },
    ],
    [
      'with ids of several people is a new person',
      seen('李娜', null, [ID, OTHER_ID]),
      [group(['李娜'])],
      { ...nothing, conflicts: [conflict('SEVERAL_IDS')] },
    ],
    [
      'who is nobody in particular joins nobody',
      seen('李娜', null, [ID], { neverLinks: true }),
      [group(['李娜'])],
      nothing,
    ],
  ])('%s', (_, statement, groups, decision) => expect(decideLink(statement, null, groups)).toEqual(decision));
});

describe('a patient who is known', () => {
  const own = (held: string[], names = ['李娜']) => group(names, [], { survivorId: 'B', held });
  const kept: LinkDecision = { ...nothing, homeId: 'B' };
  it.each<[string, Statement, Group, Group[], object]>([
    ['stays', seen('王强', '19800101', []), own([]), [], kept],
    ['stays with the id it has', seen('王强', '19800101'), own([ID]), [own([ID])], { ...kept, claims: [ID] }],
    ['claims an id that nobody holds', seen('李娜', null), own([]), [], { ...kept, claims: [ID] }],
    [
      'and shows the id of another who agrees is one with them',
      seen('李娜', '19491231'),
      own([]),
      [group(['李娜'])],
      { ...kept, merges: ['A'] },
    ],
    [
      'and shows the id of another who does not agree is not moved',
      seen('李娜', '19900101'),
      own([]),
      [group(['王强'])],
      { ...kept, conflicts: [conflict('LATE_ID')] },
    ],
    [
      'and shows another id may be another person',
      seen('李娜', null),
      own([OTHER_ID]),
      [],
      { ...kept, conflicts: [conflict('ID_CHANGED', null)] },
    ],
    [
      'and shows the id of another person who agrees',
      seen('李娜', null),
      own([OTHER_ID]),
      [group(['李娜'])],
      { ...kept, conflicts: [conflict('ID_CHANGED')] },
    ],
    [
      'and shows ids of several people',
      seen('李娜', null, [ID, OTHER_ID]),
      own([OTHER_ID]),
      [group(['李娜']), own([OTHER_ID])],
      { ...kept, conflicts: [conflict('SEVERAL_IDS')] },
    ],
  ])('%s', (_, statement, current, groups, decision) =>
    expect(decideLink(statement, { homeId: 'B', group: current }, groups)).toEqual(decision),
  );

  it('and was kept apart from the holder of its number neither joins, nor claims, nor asks again', () => {
    const decision = decideLink(seen('李娜', null), { homeId: 'B', group: own([]) }, [group(['李娜'])], new Set(['A']));
    expect(decision).toEqual(kept);
  });
});
