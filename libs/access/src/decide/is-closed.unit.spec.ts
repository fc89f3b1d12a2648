import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closesAt, isClosed, lasting, type Sharing, type Statement } from './is-closed.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 30, 8, 0, second));
const closes = (second: number, more: Partial<Statement> = {}): Statement => ({
  personId: 'P1',
  closes: true,
  studyUid: null,
  receiver: null,
  saidAt: at(second),
  endsAt: null,
  ...more,
});
const opens = (second: number, more: Partial<Statement> = {}) => closes(second, { closes: false, ...more });
const to = { receiver: 'H003' };
const study = { studyUid: '1.2' };

const statement = fc
  .record<Statement>({
    personId: fc.constantFrom('P1', 'P2', 'P3'),
    closes: fc.boolean(),
    studyUid: fc.constantFrom(null, '1.1', '1.2'),
    receiver: fc.constantFrom(null, 'H002', 'H003'),
    saidAt: fc.integer({ min: 0, max: 9 }).map(at),
    endsAt: fc.option(fc.integer({ min: 11, max: 20 }).map(at), { freq: 2 }),
  })
  .map((said) => (said.closes ? { ...said, endsAt: null } : said));
const statements = fc.array(statement, { maxLength: 8 });
const asked = fc.record<Sharing>({
  studyInstanceUid: fc.constantFrom(null, '1.1', '1.2'),
  receiver: fc.constantFrom(null, 'H002', 'H003'),
});

describe('what a patient said of sharing', () => {
  it.each<[string, Statement[], [toH002: boolean, toH003: boolean, otherStudyToH003: boolean]]>([
    ['nothing', [], [false, false, false]],
    ['all is closed', [closes(1)], [true, true, true]],
    ['all is closed to one hospital', [closes(1, to)], [false, true, true]],
    ['a study is closed', [closes(1, study)], [true, true, false]],
    ['a study is closed to one hospital', [closes(1, { ...study, ...to })], [false, true, false]],
    ['all is closed, and later opened to one hospital', [closes(1), opens(2, to)], [true, false, false]],
    ['one hospital was allowed, and later all is closed', [opens(1, to), closes(2)], [true, true, true]],
    ['all is closed, and later one study opened', [closes(1), opens(2, study)], [false, false, true]],
    [
      'a study is closed, and later all is opened to one hospital',
      [closes(1, study), opens(2, to)],
      [true, true, false],
    ],
    [
      'one hospital is shut out, and later a study opened to all',
      [closes(1, to), opens(2, study)],
      [false, true, true],
    ],
    ['both at the same moment', [closes(1), opens(1)], [true, true, true]],
    [
      'closed, and opened by somebody who is one with them',
      [closes(1), opens(2, { personId: 'P2' })],
      [true, true, true],
    ],
  ])('%s', (_, said, expected) => {
    const answers = [
      { studyInstanceUid: '1.2', receiver: 'H002' },
      { studyInstanceUid: '1.2', receiver: 'H003' },
      { studyInstanceUid: '1.1', receiver: 'H003' },
    ].map((sharing) => isClosed(said, sharing));
    expect(answers).toEqual(expected);
  });

  it('is not opened by whoever becomes one with them, in whatever order and grouping it is read', () => {
    fc.assert(
      fc.property(statements, statements, asked, fc.nat(), (own, others, sharing, seed) => {
        const ofOthers = others.map((said) => ({ ...said, personId: 'Q' }));
        const merged = [...own, ...ofOthers].toSorted(
          (a, b) => ((seed ^ a.saidAt.getTime()) % 7) - ((seed ^ b.saidAt.getTime()) % 7),
        );
        expect(isClosed(merged, sharing)).toBe(isClosed(own, sharing) || isClosed(ofOthers, sharing));
      }),
    );
  });

  it('is closed to nobody less by a further closing, and opened to nobody less by its end', () => {
    fc.assert(
      fc.property(statements, statement, asked, (said, more, sharing) => {
        const closing = { ...more, closes: true, endsAt: null };
        if (isClosed(said, sharing)) expect(isClosed([...said, closing], sharing)).toBe(true);
        if (!isClosed([...said, closing], sharing)) expect(isClosed(said, sharing)).toBe(false);
      }),
    );
  });

  it('is closed at once by the newest statement that closes it, whatever was said before', () => {
    fc.assert(
      fc.property(statements, statement, asked, (said, more, sharing) => {
        const newest = { ...more, closes: true, saidAt: at(10), endsAt: null, studyUid: null, receiver: null };
        expect(isClosed([...said, newest], sharing)).toBe(true);
      }),
    );
  });

  it('opens by a consent only what it names, and nothing that was said later', () => {
    fc.assert(
      fc.property(statements, statement, asked, (said, more, sharing) => {
        const consent = { ...more, closes: false };
        const isNamed =
          [null, sharing.studyInstanceUid].includes(consent.studyUid) &&
          [null, sharing.receiver].includes(consent.receiver);
        const changes = isClosed(said, sharing) && !isClosed([...said, consent], sharing);
        if (changes)
          expect([isNamed, said.some((one) => one.closes && one.saidAt < consent.saidAt)]).toEqual([true, true]);
      }),
    );
  });

  it('does not open with time alone: what was closed stays so whatever ends', () => {
    fc.assert(
      fc.property(
        statements,
        asked,
        fc.integer({ min: 10, max: 21 }),
        fc.integer({ min: 0, max: 5 }),
        (said, sharing, now, later) => {
          const isClosedAt = (second: number) => isClosed(lasting(said, at(second)), sharing);
          if (isClosedAt(now)) expect(isClosedAt(now + later)).toBe(true);
        },
      ),
    );
  });

  it('is after the end of an opening what it was without it', () => {
    fc.assert(
      fc.property(statements, statement, asked, (said, more, sharing) => {
        const opening = { ...more, closes: false, endsAt: at(15) };
        const without = isClosed(lasting(said, at(15)), sharing);
        expect(isClosed(lasting([...said, opening], at(15)), sharing)).toBe(without);
      }),
    );
  });

  it('closes at the very moment that is told beforehand, and at none when none is told', () => {
    let told = 0;
    fc.assert(
      fc.property(statements, asked, (more, sharing) => {
        const said = [closes(-2), opens(-1, { endsAt: at(12) }), ...more];
        const closing = closesAt(said, sharing);
        const isClosedAt = (moment: Date) => isClosed(lasting(said, moment), sharing);
        if (closing !== null) {
          told += 1;
          expect([isClosedAt(new Date(closing.getTime() - 1)), isClosedAt(closing)]).toEqual([false, true]);
        } else expect(isClosedAt(at(21))).toBe(isClosed(said, sharing));
      }),
      { numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(100);
  });
});
