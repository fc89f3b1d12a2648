import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StudyRow } from '../storage/study-row.js';
import { PageOfResults } from './page-of-results.js';
import type { PageStart } from './search-pages.js';

/** Studies that stand in the order of their numbers, each with so many results. */
type Counts = ReadonlyMap<number, number>;

const studyAt = (place: number) =>
  ({ study_uid: `1.${place}`, study_date: '', study_time: String(1_000 - place) }) as StudyRow;
const resultsOf = (place: number, count: number) => Array.from({ length: count }, (_, n) => `${place}/${n}`);

/** A page as the handlers fill it: from behind a place on, passing over what can be counted. */
function pageOf(studies: Counts, limit: number, start: PageStart): PageOfResults<string> {
  const page = new PageOfResults<string>(limit, start);
  const from = start.after === undefined ? -1 : 1_000 - Number(start.after.time) - (start.after.including ? 0.5 : 0);
  for (const [place, count] of [...studies].sort(([a], [b]) => a - b)) {
    if (place <= from) continue;
    const study = studyAt(place);
    if (!page.passesOver(study, count) && !page.take(study, resultsOf(place, count))) break;
  }
  return page;
}

const results = (page: PageOfResults<string>) => page.results.map(({ result }) => result);
const studies = fc
  .uniqueArray(fc.nat(99), { maxLength: 12 })
  .chain((places) =>
    fc
      .array(fc.nat(5), { minLength: places.length, maxLength: places.length })
      .map((counts) => new Map(places.map((place, at) => [place, counts[at] ?? 0]))),
  );

describe('pages of results', () => {
  it('counted from the top are pieces of the whole', () => {
    fc.assert(
      fc.property(studies, fc.nat(20), fc.nat(8), (all, skip, limit) => {
        const whole = results(pageOf(all, 1_000, { skip: 0 }));
        const page = pageOf(all, limit, { skip });
        expect(results(page)).toEqual(whole.slice(skip, skip + limit));
        expect(page.more).toBe(whole.length > skip + limit);
      }),
    );
  });

  it('that follow each other have everything once, whatever arrives between them', () => {
    fc.assert(
      fc.property(
        studies,
        fc.array(fc.tuple(fc.nat(99), fc.nat(3)), { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
        (first, arriving, limit) => {
          const now = new Map(first);
          const seen: string[] = [];
          let page = pageOf(now, limit, { skip: 0 });
          for (const arrival of [...arriving, ...Array.from({ length: 100 }, () => undefined)]) {
            seen.push(...results(page));
            if (!page.more) break;
            if (arrival !== undefined && !now.has(arrival[0])) now.set(arrival[0], arrival[1]);
            page = pageOf(now, limit, page.end);
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining(results(pageOf(first, 1_000, { skip: 0 }))));
        },
      ),
    );
  });
});
