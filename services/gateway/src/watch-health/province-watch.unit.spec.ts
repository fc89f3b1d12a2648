import { beforeEach, describe, expect, it } from '@jest/globals';
import { Alarms } from '../alarms/alarms.js';
import { CredentialRefused } from '../province/client-proof.js';
import { ProvinceWatch } from './province-watch.js';

describe('what the province’s answers show', () => {
  const now = Date.parse('2026-11-25T08:00:00Z');
  let alarms: Alarms;
  let watch: ProvinceWatch;
  beforeEach(() => {
    alarms = new Alarms();
    watch = new ProvinceWatch(alarms, () => now);
  });
  const raised = () => alarms.list().map(({ code, details }) => ({ code, ...details }));
  const answer = (status: number, { method = 'GET', secondsBehind = 0 } = {}) =>
    watch.answered({ method, status, date: new Date(now - secondsBehind * 1000).toUTCString() });

  it('is a clock that is more than a minute wrong, and how much; nothing when it is right again', () => {
    answer(200, { secondsBehind: 60 });
    expect(raised()).toEqual([]);
    answer(304, { secondsBehind: 3600 });
    expect(raised()).toEqual([{ code: 'CLOCK_WRONG', seconds: 3600 }]);
    answer(401, { secondsBehind: -61 });
    expect(raised()).toEqual([{ code: 'CLOCK_WRONG', seconds: -61 }]);
    watch.answered({ method: 'GET', status: 200, date: undefined });
    expect(raised()).toEqual([{ code: 'CLOCK_WRONG', seconds: -61 }]);
    answer(200);
    expect(raised()).toEqual([]);
  });

  it('is a province that is full until it takes something', () => {
    answer(507, { method: 'PUT' });
    answer(200);
    answer(404, { method: 'HEAD' });
    expect(raised()).toEqual([{ code: 'PROVINCE_FULL' }]);
    answer(201, { method: 'PUT' });
    expect(raised()).toEqual([]);
  });

  it('is a province that is away when nothing gets through three times in a row', () => {
    const error = new Error('connect ECONNREFUSED');
    watch.unanswered(error);
    answer(503);
    answer(200);
    watch.unanswered(error);
    watch.unanswered(error);
    expect(raised()).toEqual([]);
    answer(502);
    expect(raised()).toEqual([{ code: 'PROVINCE_AWAY' }]);
    answer(404);
    expect(raised()).toEqual([]);
  });

  it('is a credential that is refused: by the issuer at once, by a service twice', () => {
    answer(401);
    answer(200);
    answer(401);
    expect(raised()).toEqual([]);
    answer(401);
    expect(raised()).toEqual([{ code: 'CREDENTIAL_REFUSED' }]);
    answer(200);
    expect(raised()).toEqual([]);
    watch.unanswered(new CredentialRefused('The token endpoint answered 401'));
    expect(raised()).toEqual([{ code: 'CREDENTIAL_REFUSED' }]);
  });

  it('is a certificate that ends within a month, until another one is shown', () => {
    const until = (days: number) => watch.shown('province.example', new Date(now + days * 86_400_000));
    until(30);
    expect(raised()).toEqual([]);
    until(29);
    expect(raised()).toEqual([{ code: 'CERTIFICATE_NEAR_END', certificate: 'province.example', days: 29 }]);
    until(365);
    expect(raised()).toEqual([]);
  });
});
