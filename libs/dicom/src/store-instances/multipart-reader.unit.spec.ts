import { describe, expect, it } from '@jest/globals';
import { MultipartReader } from './multipart-reader.js';

const BOUNDARY = 'b';
const read = (body: string, size: number) => {
  const reader = new MultipartReader(BOUNDARY);
  const parts: { contentType: string; data: string; isWhole: boolean }[] = [];
  const bytes = Buffer.from(body, 'latin1');
  for (let at = 0; at < bytes.length; at += size) {
    for (const event of reader.read(bytes.subarray(at, at + size))) {
      const last = parts.at(-1);
      if (event.kind === 'part') parts.push({ contentType: event.contentType, data: '', isWhole: false });
      else if (last !== undefined && event.kind === 'data') last.data += event.bytes.toString('latin1');
      else if (last !== undefined) last.isWhole = true;
    }
  }
  return { parts, isFinished: reader.isFinished };
};

const sizes = [1, 2, 3, 5, 7, 16, 1000];
const part = (contentType: string, data: string) => ({ contentType, data, isWhole: true });

describe('a multipart body (RFC 2046 section 5.1) cut into pieces of any size', () => {
  it.each<[what: string, body: string, parts: ReturnType<typeof part>[]]>([
    [
      'two parts',
      '--b\r\nContent-Type: x/y\r\n\r\none\r\n--b\r\ncontent-type:z\r\n\r\ntwo\r\n--b--',
      [part('x/y', 'one'), part('z', 'two')],
    ],
    [
      'a preamble and an epilogue',
      'so\r\n--b\r\n\r\none\r\n--b--\r\nmore\r\n--b\r\n\r\nnot\r\n--b--',
      [part('', 'one')],
    ],
    [
      'data that looks like a boundary',
      '--b\r\n\r\n\r\n--a\r\r\n-\r\n--\r\n--B\r\n--b--',
      [part('', '\r\n--a\r\r\n-\r\n--\r\n--B')],
    ],
    ['an empty part', '--b\r\nContent-Type: x\r\n\r\n\r\n--b--', [part('x', '')]],
    ['blanks after a boundary', '--b  \r\nContent-Type: x\r\n\r\n1\r\n--b--', [part('x', '1')]],
    ['no part', '--b--', []],
  ])('with %s gives its parts', (_, body, parts) => {
    for (const size of sizes) expect({ size, ...read(body, size) }).toEqual({ size, parts, isFinished: true });
  });

  it('without its last boundary is not finished, and its last part is not whole', () => {
    for (const size of sizes) {
      const { parts, isFinished } = read('--b\r\n\r\none\r\n--b\r\n\r\ntwo', size);
      expect(isFinished).toBe(false);
      expect(parts.map(({ isWhole }) => isWhole)).toEqual([true, false]);
    }
  });

  it.each([
    ['a boundary that goes on', '--bX\r\n\r\none\r\n--b--'],
    ['a header without colon', '--b\r\nnothing\r\n\r\none\r\n--b--'],
    ['headers without end', `--b\r\nX: ${'x'.repeat(40_000)}`],
  ])('with %s is broken', (_, body) => {
    for (const size of sizes)
      expect(() => read(body, size)).toThrow(expect.objectContaining({ name: 'MultipartError' }));
  });
});
