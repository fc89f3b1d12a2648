import { describe, expect, it } from '@jest/globals';
import { requestedPart } from './byte-range.js';
import { entityTag, weakEntityTag } from './entity-tag.js';
import { lastModifiedOf, precondition } from './preconditions.js';

const tag = entityTag(['pack', '1']);
const weak = weakEntityTag(['pack', '1']);
const other = entityTag(['pack1', '']);

describe('an entity tag', () => {
  it('differs when texts are divided otherwise', () => expect(other).not.toBe(entityTag(['pack', '1', ''])));
});

describe('conditions of a request (RFC 9110 section 13)', () => {
  it.each([
    [{}, tag, 'holds'],
    [{ 'if-none-match': tag }, tag, 'not modified'],
    [{ 'if-none-match': `${other}, W/${tag}` }, tag, 'not modified'],
    [{ 'if-none-match': weak }, weak, 'not modified'],
    [{ 'if-none-match': '*' }, tag, 'not modified'],
    [{ 'if-none-match': other }, tag, 'holds'],
    [{ 'if-none-match': 'nonsense' }, tag, 'holds'],
    [{ 'if-match': `${other}, ${tag}` }, tag, 'holds'],
    [{ 'if-match': '*' }, weak, 'holds'],
    [{ 'if-match': other }, tag, 'failed'],
    [{ 'if-match': weak }, weak, 'failed'],
    [{ 'if-match': other, 'if-none-match': tag }, tag, 'failed'],
    [{ 'if-match': tag, 'if-none-match': tag }, tag, 'not modified'],
  ])('%j of %s: %s', (headers, current, outcome) => expect(precondition(headers, current)).toBe(outcome));

  const [before, then, later] = ['23', '24', '25'].map((day) => `Tue, ${day} Nov 2026 08:00:00 GMT`);
  it.each([
    [{ 'if-modified-since': before }, 'holds'],
    [{ 'if-modified-since': then }, 'not modified'],
    [{ 'if-modified-since': later }, 'not modified'],
    [{ 'if-modified-since': 'yesterday' }, 'holds'],
    [{ 'if-unmodified-since': before }, 'failed'],
    [{ 'if-unmodified-since': then }, 'holds'],
    [{ 'if-unmodified-since': 'yesterday' }, 'holds'],
    [{ 'if-unmodified-since': then, 'if-modified-since': then }, 'not modified'],
    [{ 'if-none-match': other, 'if-modified-since': then }, 'holds'],
    [{ 'if-match': tag, 'if-unmodified-since': before }, 'holds'],
  ])('%j of what changed on the 24th: %s', (headers, outcome) =>
    expect(precondition(headers, tag, new Date('2026-11-24T08:00:00.400Z'))).toBe(outcome),
  );

  it('by date are not looked at where no date is known', () => {
    expect(precondition({ 'if-modified-since': later, 'if-unmodified-since': before }, tag)).toBe('holds');
  });

  it.each([
    ['2026-11-24T08:00:03.000Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:00:01.999Z', undefined],
  ])('at %s know a change of 08:00:00.900 as of %s', (now, known) => {
    const changedAt = new Date('2026-11-24T08:00:00.900Z');
    expect(lastModifiedOf(changedAt, new Date(now))?.toISOString()).toBe(known);
  });
});

describe('a range (RFC 9110 section 14) of 100 bytes', () => {
  it.each([
    ['bytes=0-9', { from: 0, length: 10 }],
    ['bytes=90-', { from: 90, length: 10 }],
    ['bytes=90-500', { from: 90, length: 10 }],
    ['Bytes = 99-99', { from: 99, length: 1 }],
    ['bytes=-1', { from: 99, length: 1 }],
    ['bytes=-500', { from: 0, length: 100 }],
    ['bytes=100-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=9-0', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=0-1', 'whole'],
    ['bytes=-', 'whole'],
    [undefined, 'whole'],
  ])('%s', (range, part) => expect(requestedPart({ range }, 100, tag)).toEqual(part));

  it('is given when If-Range names what is there, else the whole is', () => {
    expect(requestedPart({ range: 'bytes=0-0', 'if-range': tag }, 100, tag)).toEqual({ from: 0, length: 1 });
    expect(requestedPart({ range: 'bytes=0-0', 'if-range': other }, 100, tag)).toBe('whole');
    expect(requestedPart({ range: 'bytes=0-0', 'if-range': weak }, 100, weak)).toBe('whole');
    expect(requestedPart({ range: 'bytes=0-0', 'if-range': 'Sun, 29 Nov 2026 08:00:00 GMT' }, 100, tag)).toBe('whole');
  });
});
