import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { isError, messageOf, stackOf } from './describe-error.js';

const databaseError = (code: string, message: string) =>
  Object.assign(new Error(message), { name: 'error', code, detail: 'Key (name)=(张伟) already exists.' });
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('an error', () => {
  it('is known as one, whichever realm it comes from', () => {
    const foreign: unknown = runInNewContext('new TypeError("elsewhere")');
    expect(foreign instanceof Error).toBe(false);
    expect([isError(foreign), isError(new Error('here')), isError({ message: 'none' }), isError(null)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(messageOf(foreign)).toBe('TypeError: elsewhere');
    expect(stackOf(foreign)).toMatch(/^TypeError: elsewhere\n {4}at /);
  });

  it('is told with where it came from and what caused it', () => {
    const told = stackOf(new Error('No tea', { cause: new Error('The kettle is empty') }));
    expect(told).toMatch(/^Error: No tea\n {4}at .*\ncaused by Error: The kettle is empty\n {4}at /s);
    expect(stackOf(new AggregateError([new Error('refused')]))).toMatch(/caused by Error: refused/);
  });

  it('whose causes go round in a circle is told all the same', () => {
    const error = new Error('round');
    error.cause = error;
    expect(stackOf(error).match(/Error: round/g)).toHaveLength(4);
  });

  it('is told without the values of rows', () => {
    const told = [
      databaseError('23505', 'duplicate key value violates unique constraint "person_name"'),
      databaseError('22007', 'invalid input syntax for type date: "张伟"'),
      databaseError('22P02', 'invalid input syntax for type json: "a "张伟" b"'),
      thrownBy(() => JSON.parse('张伟')),
    ].flatMap((error) => [messageOf(error), stackOf(error)]);
    expect(told.join()).not.toMatch('张');
    expect(told[0]).toBe('error: duplicate key value violates unique constraint "person_name"');
    expect(told[2]).toBe('error: invalid input syntax for type date: "…"');
  });

  it('that is none is not told', () => {
    expect(stackOf('张伟')).toBe('Something that is no error was thrown: string');
  });
});
