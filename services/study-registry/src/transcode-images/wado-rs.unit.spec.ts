import { describe, expect, it } from '@jest/globals';
import { platformProblems } from '@yinglian/platform';
import { PageTables } from '@yinglian/testing';
import { pullProblems } from '../pull-packs/pull-problems.js';
import { registryProblems } from '../study-registry.errors.js';
import { targetSyntaxes } from './encode/target-syntaxes.js';

const statement = new PageTables('wado-rs.md');

describe('the conformance statement of retrieval', () => {
  it('lists every transfer syntax that is made', () => {
    expect(statement.under('transfer syntax ').map(([name, uid]) => [name, uid])).toEqual(
      [...targetSyntaxes.values()].map(({ name, uid }) => [name, uid]),
    );
  });

  it('lists problems by their status', () => {
    const known = new Map(
      Object.values({ ...registryProblems, ...pullProblems, ...platformProblems }).map(({ code, status }) => [
        code,
        status,
      ]),
    );
    const rows = statement.under('problem ');
    expect(rows.length).toBe(7);
    expect(rows.map(([code, status]) => [code, Number(status)])).toEqual(
      rows.map(([code = '']) => [code, known.get(code)]),
    );
  });
});
