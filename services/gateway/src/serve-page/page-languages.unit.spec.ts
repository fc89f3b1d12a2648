import { describe, expect, it } from '@jest/globals';
import { messagesOf } from '@yinglian/web/testing';
import { en } from '../../web/src/i18n/en.js';
import { problemsEn } from '../../web/src/i18n/problems.en.js';
import { problemsZh } from '../../web/src/i18n/problems.zh.js';
import { zh } from '../../web/src/i18n/zh.js';
import { pageProblems } from '../gateway.errors.js';
import { PARK_REASONS } from '../map-messages/park-reasons.js';
import { ECHO_RESULTS } from '../test-echo/echo-outcome.js';

describe('the languages of the gateway’s page', () => {
  it('have the same messages with the same placeholders, and none is empty', () => {
    expect(messagesOf(en)).toEqual(messagesOf(zh));
    expect(messagesOf(problemsEn)).toEqual(messagesOf(problemsZh));
    expect(JSON.stringify([zh, en, problemsZh, problemsEn])).not.toContain('""');
  });

  it('have words for every problem, every reason of a parked message and every outcome of an echo', () => {
    expect(Object.keys(problemsZh)).toEqual(expect.arrayContaining(Object.keys(pageProblems)));
    expect(Object.keys(zh.messages.reasons).sort()).toEqual([...PARK_REASONS].sort());
    expect(Object.keys(zh.devices.outcomes).sort()).toEqual([...ECHO_RESULTS].sort());
  });
});
