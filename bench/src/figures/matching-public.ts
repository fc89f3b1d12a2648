import type { Patient } from '@yinglian/fhir';
import { type FebrlPerson, febrl3 } from '@yinglian/testing';
import type { Figure } from '../figure.js';
import { runSplink, type SplinkModel } from '../peers/splink.js';
import { febrlRow } from '../peers/splink-rows.js';
import { febrlPatient, febrlRecord } from '../people/febrl-records.js';
import { type Agreement, measurePairs, pairsOf } from '../people/measures.js';
import type { PatientData } from '../people/observed-record.js';

/** A record as it is told, and as one asks for a match with it. */
export interface TellableRecord {
  readonly data: PatientData;
  readonly patient: Patient;
}

/** Whoever says which records are likely one person's: the patient index. */
export interface PairMatcher {
  /** The places of both records, each pair once. */
  pairsAmong(records: readonly TellableRecord[]): Promise<readonly (readonly [number, number])[]>;
}

/** Where the settings of splink's own documentation have their best F1 on this set. */
const EXAMPLE_BITS = -2;
/** Even odds, as ours. */
const STRICT_BITS = 0;

/** Pairs of FEBRL 3 that are likely one person's, by us and by splink, neither of which sees the labels. */
export function matchingPublicFigure(matcher: PairMatcher, read: () => Promise<FebrlPerson[]> = febrl3): Figure {
  return {
    name: 'matching.public',
    unit: '',
    goal: 1,
    standsAlone: true,
    async measure() {
      const people = await read();
      const ours = await measureOurs(matcher, people);
      const example = await measureSplink('febrl-example', people, EXAMPLE_BITS);
      const strict = await measureSplink('febrl', people, STRICT_BITS);
      return {
        ours: ours.f1,
        peer: example.f1,
        peerName: 'splink',
        note:
          `F1 of pairs. Ours by $match, with a model learned from the records themselves: ${inWords(ours)}. Splink with its documentation’s settings: ` +
          `${inWords(example)}; with all fields: ${inWords(strict)}`,
      };
    },
  };
}

async function measureOurs(matcher: PairMatcher, people: readonly FebrlPerson[]): Promise<Agreement> {
  const pairs = await matcher.pairsAmong(
    people.map((person) => ({ data: febrlRecord(person).data, patient: febrlPatient(person) })),
  );
  const sizes = [...Map.groupBy(people, ({ person }) => person).values()].map(({ length }) => length);
  return measurePairs({
    true: sizes.map(pairsOf).reduce((sum, count) => sum + count, 0),
    predicted: pairs.length,
    right: pairs.filter(([one, other]) => people[one]?.person === people[other]?.person).length,
  });
}

async function measureSplink(model: SplinkModel, people: readonly FebrlPerson[], bits: number): Promise<Agreement> {
  const { outcomes } = await runSplink(model, people.map(febrlRow), [bits]);
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('Splink gave no outcome');
  return outcome.pairwise;
}

const inWords = ({ precision, recall, f1 }: Agreement): string =>
  `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`;
