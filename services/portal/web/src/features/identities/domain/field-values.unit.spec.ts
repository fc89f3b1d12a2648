import { describe, expect, it } from '@jest/globals';
import type { Statement } from './conflict.js';
import { agreementOf, fieldValues, statedFields } from './field-values.js';

const statement = (told: Partial<Statement>): Statement => ({
  version: 1,
  names: [],
  birthDate: null,
  sex: '',
  numbers: [],
  phones: [],
  addresses: [],
  motherName: null,
  flags: [],
  byStudy: true,
  observedAt: '2026-11-24T08:00:00.000Z',
  ...told,
});
const record = (...statements: Statement[]) => ({
  patient: { hospital: 'H001', issuer: '', id: 'M1' },
  personId: 'P1',
  firstSeenAt: '',
  lastDescribedAt: '',
  statements,
});

describe('what a record says of a field', () => {
  it('is what is said now, and what was said before and is not any more', () => {
    const renamed = record(
      statement({ names: [{ written: '吴刚', readings: 'wu gang' }], birthDate: '19650809' }),
      statement({ names: [{ written: '吴钢', readings: 'wu gang' }], birthDate: '19650809' }),
      statement({ names: [{ written: '吴刚', readings: 'wu gang' }], birthDate: '19650808' }),
    );
    expect(fieldValues(renamed, 'name')).toEqual({
      now: [{ text: '吴刚', hint: 'wu gang' }],
      before: [{ text: '吴钢', hint: 'wu gang' }],
    });
    expect(fieldValues(renamed, 'birthDate')).toEqual({
      now: [{ text: '19650809', hint: null }],
      before: [{ text: '19650808', hint: null }],
    });
    expect(fieldValues(record(statement({}), statement({ phones: ['138****8000'] })), 'phone')).toEqual({
      now: [{ text: '138****8000', hint: null }],
      before: [],
    });
    expect(fieldValues(record(), 'name')).toEqual({ now: [], before: [] });
  });

  it('is shown only where one of the records says something', () => {
    const one = record(statement({ sex: 'F' }));
    const other = record(statement({}), statement({ phones: ['138****8000'] }));
    expect(statedFields([one, other])).toEqual(['sex', 'phone']);
  });

  it('cannot be compared where nobody compared it', () => {
    const compared = { agreements: [{ field: 'sex' as const, agreement: 'differ' as const }] };
    expect([agreementOf(compared, 'sex'), agreementOf(compared, 'name')]).toEqual(['differ', 'unknown']);
  });
});
