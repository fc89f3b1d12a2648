import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { isOutage } from './outage.js';

const withCode = (code: string) => Object.assign(new Error('said'), { code });

describe('an outage', () => {
  it.each([
    ['the server shuts down', withCode('57P01')],
    ['the connection broke', withCode('08006')],
    ['a deadlock was resolved', withCode('40P01')],
    ['there are too many connections', withCode('53300')],
    ['nobody listens', withCode('ECONNREFUSED')],
    ['nobody listens on any address', new AggregateError([withCode('ECONNREFUSED')])],
    ['the pool saw the connection end', new Error('Connection terminated unexpectedly')],
    ['it is what caused the error', new Error('No tea', { cause: withCode('ECONNRESET') })],
    ['Node itself reports it', runInNewContext('Object.assign(new Error("refused"), { code: "ECONNREFUSED" })')],
  ])('is not the request’s fault: %s', (_, error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([
    ['a value of the wrong form', withCode('22P02')],
    ['a row that is there already', withCode('23505')],
    ['a table that is missing', withCode('42P01')],
    ['a handler’s own error', new Error('The tea is cold')],
    ['something that is no error', 'ECONNREFUSED'],
  ])('is none: %s', (_, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
