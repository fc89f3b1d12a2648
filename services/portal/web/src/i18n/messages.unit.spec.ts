import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { messagesOf } from '@yinglian/web/testing';
import { en } from './en.js';
import { problemsEn } from './problems.en.js';
import { problemsZh } from './problems.zh.js';
import { zh } from './zh.js';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

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
    expect(messagesOf(en)).toEqual(messagesOf(zh));
    expect(Object.keys(problemsEn).sort()).toEqual(Object.keys(problemsZh).sort());
    expect(JSON.stringify([zh, en, problemsZh, problemsEn])).not.toContain('""');
  });

  it('have a sentence for every problem code that a service may answer', () => {
    const known = new Set(Object.keys(problemsZh));
    expect(declaredCodes().filter((code) => !known.has(code))).toEqual([]);
  });

  it('have a sentence for whatever keeps a study from being destroyed', () => {
    const domain = readFileSync(`${ROOT}services/study-registry/src/domain/disposal.ts`, 'utf8');
    const [, obstacles = ''] = /DisposalObstacle =([^;]+);/.exec(domain) ?? [];
    const details = [...obstacles.matchAll(/'([A-Z_]+)'/g)].map(([, detail = '']) => detail);
    expect(details).toContain('RETAINED');
    for (const detail of details) {
      expect(problemsZh).toHaveProperty(`STUDY_IS_KEPT_${detail}`);
      expect([zh, en].map(({ disposals }) => Object.keys(disposals.stoppedFor).includes(detail))).toEqual([true, true]);
    }
  });
});
