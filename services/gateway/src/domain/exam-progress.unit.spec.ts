import { describe, expect, it } from '@jest/globals';
import { type Circumstances, type ExamFacts, progressOf, type StudyProgress } from './exam-progress.js';

const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`);
const exam: ExamFacts = { priority: 'urgent', orderedAt: at('08:00'), performedAt: at('09:00'), cancelledAt: null };
const registered: StudyProgress = {
  firstAt: at('09:10'),
  completeAt: at('09:20'),
  received: 400,
  missing: 0,
  waiting: 0,
  handedOverAt: at('09:30'),
  refused: 0,
  quarantined: 0,
  differing: 0,
  registered: 400,
  registeredAt: at('09:31'),
};
const uploaded = { ...registered, registered: null, registeredAt: null };
const received = { ...uploaded, waiting: 7, handedOverAt: null };
const arriving = { ...received, completeAt: null };
const circumstances: Circumstances = {
  now: at('09:40'),
  link: 'open',
  deadlines: [],
  dayOf: (instant) => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
};
const progress = (facts: Partial<ExamFacts>, studies: readonly StudyProgress[], more: Partial<Circumstances> = {}) => {
  const { state, standing, gap } = progressOf({ ...exam, ...facts }, studies, { ...circumstances, ...more });
  return [state, standing, gap];
};
const later = { now: at('10:01') };

describe('an exam', () => {
  it.each([
    ['ordered', { performedAt: null }, [], ['ordered', null, null]],
    ['ordered, and never performed', { performedAt: null, orderedAt: new Date(0) }, [], ['ordered', null, null]],
    ['cancelled', { cancelledAt: at('08:30') }, [], ['cancelled', null, null]],
    ['cancelled, and performed all the same', { cancelledAt: at('08:30') }, [registered], ['registered', 'met', null]],
    ['performed', {}, [], ['performed', 'due', null]],
    ['performed, as its first image shows', { performedAt: null }, [arriving], ['performed', 'due', null]],
    ['received', {}, [received], ['received', 'due', null]],
    ['uploaded', {}, [uploaded], ['uploaded', 'due', null]],
    ['registered', {}, [registered], ['registered', 'met', null]],
    ['as far as the study that is behind', {}, [registered, arriving], ['performed', 'due', null]],
  ])('is %s', (_, facts, studies, expected) => {
    expect(progress(facts, studies)).toEqual(expected);
  });

  it.each([
    ['has no images', [], {}, ['performed', 'overdue', 'PERFORMED_WITHOUT_IMAGES']],
    ['waits its turn', [received], {}, ['received', 'overdue', 'UPLOAD_WAITING']],
    ['waits for a link', [received], { link: 'away' }, ['received', 'overdue', 'PROVINCE_AWAY']],
    [
      'waits for a credential',
      [arriving],
      { link: 'credential-refused' },
      ['performed', 'overdue', 'CREDENTIAL_REFUSED'],
    ],
    ['is not confirmed', [uploaded], {}, ['uploaded', 'overdue', 'NOT_REGISTERED']],
  ] as const)('is a gap when it is overdue and %s', (_, studies, more, expected) => {
    expect(progress({}, studies, { ...later, ...more })).toEqual(expected);
  });

  it.each([
    ['a pack was refused', { ...received, refused: 1 }, ['received', 'due', 'PACK_REFUSED']],
    ['something is quarantined', { ...registered, quarantined: 2 }, ['uploaded', 'due', 'QUARANTINED']],
    ['an instance is registered otherwise', { ...registered, differing: 1 }, ['uploaded', 'due', 'INSTANCES_DIFFER']],
    ['instances are missing', { ...registered, missing: 1 }, ['registered', 'met', 'INSTANCES_MISSING']],
    ['the registry has fewer', { ...uploaded, registered: 399 }, ['uploaded', 'due', 'NOT_REGISTERED']],
  ])('is a gap at once when %s', (_, study, expected) => {
    expect(progress({}, [study])).toEqual(expected);
  });

  it('is late when it is registered after its deadline, and met exactly at it', () => {
    const on = (time: string) => [{ ...registered, registeredAt: at(time) }];
    expect(progress({}, on('10:00'), { now: at('12:00') })).toEqual(['registered', 'met', null]);
    expect(progress({}, on('10:01'), { now: at('12:00') })).toEqual(['registered', 'late', 'LATE']);
  });

  it('has the deadline of its priority that is valid on its day where the hospital is', () => {
    const deadlines = [
      { priority: 'urgent', validFrom: '2026-11-24', minutes: 30 },
      { priority: 'urgent', validFrom: '2026-01-01', minutes: 45 },
      { priority: 'urgent', validFrom: '2026-11-25', minutes: 15 },
      { priority: 'routine', validFrom: '2026-01-01', minutes: 600 },
    ] as const;
    const deadline = (facts: Partial<ExamFacts>) =>
      progressOf({ ...exam, ...facts }, [], { ...circumstances, deadlines }).deadlineAt;
    expect(deadline({})).toEqual(at('09:30'));
    expect(deadline({ priority: 'routine' })).toEqual(at('19:00'));
    // Half past midnight there is still the day before in UTC.
    expect(deadline({ performedAt: at('00:30') })).toEqual(at('01:00'));
    expect(deadline({ performedAt: new Date('2026-11-23T15:59:00Z') })).toEqual(new Date('2026-11-23T16:44:00Z'));
    expect(progressOf({ ...exam, priority: 'routine' }, [], circumstances).deadlineAt).toEqual(
      new Date('2026-11-25T01:00:00Z'),
    );
  });
});
