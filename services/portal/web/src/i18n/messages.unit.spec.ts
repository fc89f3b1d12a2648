import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { problemsEn } from './problems.en.js';
import { problemsZh } from './problems.zh.js';
import { zh } from './zh.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** Paths of all messages with the placeholders that each has. */
function messages(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? `${path}${key} ${[...value.matchAll(/{{\w+}}/g)].map(([name]) => name).sort()}`
      : messages(value, `${path}${key}/`),
  );
}

/** Codes that services and libraries declare with defineProblems. */
function declaredCodes(): string[] {
  const files = globSync('{services,libs}/*/src/**/*.errors.ts', { cwd: ROOT });
  const codes = files.flatMap((file) =>
    [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/^ {2}([A-Z][A-Z0-9_]+): \{/gm)].map(([, code = '']) => code),
  );
  if (codes.length < 20) throw new Error(`Only ${codes.length} problem codes were found`);
  return [...new Set(codes)].sort();
}

describe('the portal’s languages', () => {
  it('have the same messages with the same placeholders, and none is empty', () => {
    expect(messages(en).sort()).toEqual(messages(zh).sort());
    expect(Object.keys(problemsEn).sort()).toEqual(Object.keys(problemsZh).sort());
    expect(JSON.stringify([zh, en, problemsZh, problemsEn])).not.toContain('""');
  });

  it('have a sentence for every problem code that a service may answer', () => {
    const known = new Set(Object.keys(problemsZh));
    expect(declaredCodes().filter((code) => !known.has(code))).toEqual([]);
  });
});
