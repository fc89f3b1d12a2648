import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Alarms } from '../alarms/alarms.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { hashOf } from '../testing/page-client.js';
import { PageAccounts } from './page-accounts.js';
import type { Sessions } from './sessions.js';

const MINUTE_MS = 60_000;

describe('sessions of the page', () => {
  const { accounts } = PageAccounts.parse({
    accounts: [{ username: 'qin', name: '秦工', passwordHash: hashOf('an invented pass phrase') }],
  });
  const [account] = accounts;
  let sessions: Sessions;
  beforeAll(async () => {
    const file = await HospitalFile.open(undefined, new Alarms());
    file.current.page.accounts.push(...accounts);
    jest.useFakeTimers({ now: 0 });
    // The cache takes its clock when it is loaded.
    const { Sessions } = await import('./sessions.js');
    sessions = new Sessions(file);
  });
  afterAll(() => {
    jest.useRealTimers();
  });

  const open = () => {
    if (account === undefined) throw new Error('There is no account');
    return sessions.open(account);
  };

  it('last as long as somebody is there every half an hour', () => {
    const secret = open();
    for (let visit = 0; visit < 5; visit += 1) {
      jest.advanceTimersByTime(29 * MINUTE_MS);
      expect(sessions.userOf(secret, true)).toEqual({ username: 'qin', name: '秦工' });
    }
  });

  it('end after half an hour in which the page only asked by itself', () => {
    const secret = open();
    jest.advanceTimersByTime(29 * MINUTE_MS);
    expect(sessions.userOf(secret, false)).toBeDefined();
    jest.advanceTimersByTime(2 * MINUTE_MS);
    expect(sessions.userOf(secret, false)).toBeUndefined();
  });

  it('are two hundred at most: the one that was silent longest gives way', () => {
    const first = open();
    const second = open();
    for (let more = 0; more < 198; more += 1) open();
    expect(sessions.userOf(first, true)).toBeDefined();
    open();
    expect([sessions.userOf(first, false), sessions.userOf(second, false)]).toEqual([
      { username: 'qin', name: '秦工' },
      undefined,
    ]);
  });
});
