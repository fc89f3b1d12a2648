import { describe, expect, it } from '@jest/globals';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { accessProblems } from '@yinglian/access';
import { keywordOf, vrOf } from '@yinglian/dicom';
import { platformProblems } from '@yinglian/platform';
import { PageTables } from '@yinglian/testing';
import { KEYS, type SearchLevel } from '../domain/search-attributes.js';
import { LONGEST_OFFSET, MOST_PARAMETERS, RESULTS_AT_MOST } from '../domain/search-keys.js';
import { FindInstancesController } from '../find-instances/find-instances.controller.js';
import { INSTANCES_LOOKED_THROUGH } from '../find-instances/find-instances.handler.js';
import { FindSeriesController } from '../find-series/find-series.controller.js';
import { registryProblems } from '../study-registry.errors.js';
import { FindStudiesController } from './find-studies.controller.js';
import { PACKS_READ_AT_MOST } from './include-fields.js';
import { STUDIES_LOOKED_THROUGH } from './walk-studies.js';

const statement = new PageTables('qido-rs.md');

/** What values of a representation can be matched by (PS3.4 section C.2.2.2). */
function matchingOf(path: string): string {
  const vr = vrOf(path.slice(-8));
  const kinds = {
    S: true,
    W: !['UI', 'DA', 'TM', 'IS'].includes(vr),
    R: vr === 'DA' || vr === 'TM',
    L: vr === 'UI' || vr === 'CS',
    Q: path.includes('.'),
  };
  return Object.entries(kinds)
    .flatMap(([kind, has]) => (has ? [kind] : []))
    .join(' ');
}

const levels: readonly SearchLevel[] = ['study', 'series', 'instance'];

function pathsOf(controller: { readonly prototype: object }): string[] {
  const base: unknown = Reflect.getMetadata(PATH_METADATA, controller);
  return Object.values(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(({ value }) => {
    const path: unknown =
      typeof value === 'function' && value !== controller ? Reflect.getMetadata(PATH_METADATA, value) : undefined;
    return path === undefined ? [] : [`/${base}/${path}`.replace('/dicom-web', '').replace(/\/+$/, '')];
  });
}

describe('the conformance statement of search', () => {
  it('lists every resource', () => {
    const served = [FindStudiesController, FindSeriesController, FindInstancesController].flatMap(pathsOf);
    expect(
      statement
        .under('resource')
        .map(([path]) => path)
        .sort(),
    ).toEqual(served.sort());
  });

  it('lists every key with how it is matched', () => {
    const keyword = (path: string) => path.split('.').map(keywordOf).join('.');
    expect(statement.under('level')).toEqual(
      levels.flatMap((level) => KEYS[level].map((path) => [level, path, keyword(path), matchingOf(path)])),
    );
  });

  it('lists every bound', () => {
    expect(statement.under('bound').map(([, value]) => Number(value))).toEqual([
      RESULTS_AT_MOST,
      LONGEST_OFFSET,
      STUDIES_LOOKED_THROUGH,
      INSTANCES_LOOKED_THROUGH,
      PACKS_READ_AT_MOST,
      MOST_PARAMETERS,
    ]);
  });

  it('lists problems by their status', () => {
    const known = new Map(
      Object.values({ ...registryProblems, ...platformProblems, ...accessProblems }).map(({ code, status }) => [
        code,
        status,
      ]),
    );
    const rows = statement.under('problem');
    expect(rows.length).toBe(6);
    expect(rows.map(([code, status]) => [code, Number(status)])).toEqual(
      rows.map(([code = '']) => [code, known.get(code)]),
    );
  });
});
