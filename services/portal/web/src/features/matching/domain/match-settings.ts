/** m and u of each level of each field, and how often two records are one person's. */
export interface MatchModel {
  readonly lambda: number;
  readonly household: number;
  readonly fields: Readonly<Record<string, Readonly<Record<string, { readonly m: number; readonly u: number }>>>>;
}

export interface Grades {
  readonly probable: number;
  readonly possible: number;
}

/** One version as it is listed; `set` is null of what is shipped. */
export interface ListedSettings {
  readonly version: number;
  readonly leastBits: number;
  readonly grades: Grades;
  readonly isShippedModel: boolean;
  readonly set: { readonly byName: string; readonly at: string; readonly note: string } | null;
}

export interface WholeSettings extends ListedSettings {
  readonly model: MatchModel | null;
}

/** What somebody is about to try. */
export interface Draft {
  readonly leastBits: number;
  readonly grades: Grades;
  readonly model: MatchModel | null;
}

export interface Evidence {
  readonly bits: number;
  readonly fields: readonly { readonly field: string; readonly level: string; readonly bits: number }[];
}

export interface ExampleRecord {
  readonly patient: { readonly hospital: string; readonly issuer: string; readonly id: string };
  readonly statements: readonly {
    readonly names: readonly { readonly written: string }[];
    readonly birthDate: string | null;
    readonly sex: string;
    readonly numbers: readonly { readonly masked: string }[];
    readonly phones: readonly string[];
    readonly addresses: readonly string[];
  }[];
}

export interface Example {
  readonly change: 'added' | 'dropped' | 'none';
  readonly now: Evidence | null;
  readonly proposed: Evidence | null;
  readonly records: readonly ExampleRecord[];
  readonly agreements: readonly { readonly field: string; readonly agreement: 'agree' | 'differ' | 'unknown' }[];
}

export interface PairsOfBit {
  readonly bits: number;
  /** Null where some are, and too few to be told to who looks. */
  readonly now: Cell;
  readonly proposed: Cell;
}

type Cell = number | null;

export interface Preview {
  readonly baseVersion: number;
  readonly leastBits: { readonly now: number; readonly proposed: number };
  readonly sampled: number;
  readonly eachStandsFor: number;
  readonly asked: { readonly now: Cell; readonly proposed: Cell; readonly added: Cell; readonly dropped: Cell };
  readonly openQuestions: { readonly setAside: Cell; readonly comeBack: Cell };
  readonly histogram: readonly PairsOfBit[];
  /** What is null is not 0 and, as a rule, less than this; null where every figure is told. */
  readonly fewerThan: number | null;
  /** Null for whoever may not see identities. */
  readonly examples: readonly Example[] | null;
}

/** Of the whole province: two digits are all that a sample tells. */
export function estimated(inSample: number, eachStandsFor: number): number {
  return eachStandsFor === 1 ? inSample : Number((inSample * eachStandsFor).toPrecision(2));
}

/** From the first bit that any pair has to the last; nothing when there is no pair. */
export function withoutEmptyEnds(histogram: readonly PairsOfBit[]): readonly PairsOfBit[] {
  const hasPairs = ({ now, proposed }: PairsOfBit) => now !== 0 || proposed !== 0;
  const first = histogram.findIndex(hasPairs);
  return first === -1 ? [] : histogram.slice(first, histogram.findLastIndex(hasPairs) + 1);
}

/** Each field with what it says of two records, null where one says nothing. */
export function comparedFields({ records, agreements }: Pick<Example, 'records' | 'agreements'>) {
  return agreements
    .map(({ field, agreement }) => ({
      field,
      agreement,
      values: records.map(({ statements: [said] }) => (said === undefined ? null : saidOf(said, field))),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
}

function saidOf(said: ExampleRecord['statements'][number], field: string): string | null {
  const texts: Readonly<Record<string, readonly string[]>> = {
    name: said.names.map(({ written }) => written),
    birthDate: said.birthDate === null ? [] : [said.birthDate],
    sex: said.sex === '' ? [] : [said.sex],
    number: said.numbers.map(({ masked }) => masked),
    phone: said.phones,
    address: said.addresses,
  };
  const found = texts[field] ?? [];
  return found.length === 0 ? null : found.join(' ');
}

/** Bits of a level: how much likelier one person's records reach it than two persons'. */
export const bitsOf = ({ m, u }: { readonly m: number; readonly u: number }): number => Math.log2(m / u);

export const signed = (bits: number): string => `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(1)}`;
