import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { platformProblems } from '@yinglian/platform';
import { registryProblems } from '../study-registry.errors.js';
import { targetSyntaxes } from './encode/target-syntaxes.js';

const STATEMENT = new URL('../../../../docs/reference/wado-rs.md', import.meta.url);

/** Cells of the table under the heading, without marks. */
function tableWith(heading: string): string[][] {
  const lines = readFileSync(STATEMENT, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading}`));
  const rows = lines.slice(start + 2);
  return rows.slice(0, rows.indexOf('')).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('the conformance statement of retrieval', () => {
  it('lists every transfer syntax that is made', () => {
    expect(tableWith('transfer syntax ').map(([name, uid]) => [name, uid])).toEqual(
      [...targetSyntaxes.values()].map(({ name, uid }) => [name, uid]),
    );
  });

  it('lists problems by their status', () => {
    const known = new Map(
      Object.values({ ...registryProblems, ...platformProblems }).map(({ code, status }) => [code, status]),
    );
    const rows = tableWith('problem ');
    expect(rows.length).toBe(5);
    expect(rows.map(([code, status]) => [code, Number(status)])).toEqual(
      rows.map(([code = '']) => [code, known.get(code)]),
    );
  });
});
