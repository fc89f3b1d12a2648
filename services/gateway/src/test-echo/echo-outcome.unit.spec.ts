import { describe, expect, it } from '@jest/globals';
import { whyAway } from './echo-outcome.js';

describe('why a device does not take an association', () => {
  it.each([
    ['The peer rejects the association: result 1, source 1, reason 3', 'callingUnknown'],
    ['The peer rejects the association: result 1, source 1, reason 7', 'calledUnknown'],
    ['The peer rejects the association: result 2, source 3, reason 2', 'rejected'],
    ['connect ECONNREFUSED 10.8.3.21:104', 'unreachable'],
    ['getaddrinfo ENOTFOUND ct01.example', 'unreachable'],
    ['connect ETIMEDOUT 10.8.3.21:104', 'silent'],
    ['The peer closed the connection', 'broken'],
  ])('is read from "%s"', (message, result) => {
    expect(whyAway(message)).toBe(result);
  });
});
