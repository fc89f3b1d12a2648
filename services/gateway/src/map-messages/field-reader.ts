import { HospitalCode } from '@yinglian/contracts';
import {
  type Components,
  type FieldPath,
  findSegment,
  type Message,
  readTimestamp,
  readValue,
  type Segment,
  valuesAt,
} from '@yinglian/hl7';
import { CODE_PRESETS, type CodeTargets, type GivenTables } from './code-presets.js';
import { type FactName, FIELD_PRESETS } from './field-presets.js';
import type { SenderSettings } from './hl7-settings.js';
import type { ParkReason, Problem } from './park-reasons.js';
import { readPresets } from './preset-paths.js';

const DAY_MS = 86_400_000;

/** Reads facts where a sender writes them, and notes what is wrong with the message rather than stopping at it. */
export class FieldReader {
  private constructor(
    readonly message: Message,
    private readonly sender: SenderSettings,
    private readonly timeZone: string,
    readonly segments: readonly Segment[],
    readonly problems: Problem[],
  ) {}

  static of(message: Message, sender: SenderSettings, timeZone: string): FieldReader {
    return new FieldReader(message, sender, timeZone, message.segments, []);
  }

  /** Reads of these segments only; problems are noted together. */
  within(segments: readonly Segment[]): FieldReader {
    return new FieldReader(this.message, this.sender, this.timeZone, segments, this.problems);
  }

  note(reason: ParkReason, place: string): void {
    this.problems.push({ reason, place });
  }

  /** The value of a fact; empty when it has none, or has none any more. */
  text(fact: FactName, maximumLength = 64): string {
    for (const path of this.pathsOf(fact)) {
      const segment = findSegment(this.message, this.segments, path);
      const value = readValue(this.message, segment, path);
      if (value === null) return '';
      if (value === undefined) continue;
      if (value.length > maximumLength) this.note('VALUE_TOO_LONG', this.placeOf(fact));
      return value.slice(0, maximumLength);
    }
    return '';
  }

  /** All that stands at all places of a fact, for facts of which a patient may have several. */
  valuesOf(fact: FactName): Components[] {
    return this.pathsOf(fact).flatMap((path) => valuesAt(this.message, this.segments, path));
  }

  textOrNull(fact: FactName, maximumLength?: number): string | null {
    return this.text(fact, maximumLength) || null;
  }

  required(fact: FactName, reason: ParkReason): string {
    const value = this.text(fact);
    if (value === '') this.note(reason, this.placeOf(fact));
    return value;
  }

  /** Null when it is missing or no time: a wrong date in one field does not hold a message up. */
  instant(fact: FactName): string | null {
    return readTimestamp(this.text(fact), this.timeZone) ?? null;
  }

  /** The same for when something is over: a day that is named is part of it. */
  end(fact: FactName): string | null {
    const at = this.instant(fact);
    const isDay = /^\d{8}$/.test(this.text(fact));
    return at === null || !isDay ? at : new Date(Date.parse(at) + DAY_MS).toISOString();
  }

  /** How many; null when nothing is said, or nothing that counts: a wrong number does not hold a message up either. */
  count(fact: FactName): number | null {
    const [, digits] = /^\+?0*([1-9]\d{0,5})(?:\.0*)?$/.exec(this.text(fact)) ?? [];
    return digits === undefined ? null : Number(digits);
  }

  /** A code by its table; undefined, and noted, when the table does not know it. */
  code<Table extends keyof CodeTargets & FactName>(
    table: Table,
    fact: FactName = table,
  ): CodeTargets[Table] | undefined {
    const target = this.lookUp(table, this.text(fact));
    if (target === undefined) this.note('CODE_UNKNOWN', this.placeOf(fact));
    return target;
  }

  /** What a code becomes, the hospital's table first; undefined when neither knows it. */
  lookUp<Table extends keyof CodeTargets>(table: Table, local: string): CodeTargets[Table] | undefined {
    const given: GivenTables = this.sender.codes;
    for (const codes of [given[table], CODE_PRESETS[table]]) {
      if (codes !== undefined && Object.hasOwn(codes, local)) return codes[local];
    }
    return undefined;
  }

  /** A code that is taken as it is unless the hospital has a table of them. */
  codeByTableOnly(table: 'modality' | 'department', fact: FactName = table): string | null {
    const local = this.textOrNull(fact);
    const codes = this.sender.codes[table];
    if (local === null || codes === undefined) return local;
    if (Object.hasOwn(codes, local)) return codes[local] ?? null;
    this.note('CODE_UNKNOWN', this.placeOf(fact));
    return null;
  }

  /** A hospital of the province, by the table or as it stands; undefined when nothing stands there, or, noted, no code of one. */
  hospital(fact: 'referredTo'): string | undefined {
    const local = this.text(fact);
    if (local === '') return undefined;
    const code = HospitalCode.safeParse(this.sender.codes[fact]?.[local] ?? local);
    if (!code.success) this.note('CODE_UNKNOWN', this.placeOf(fact));
    return code.data;
  }

  get settings(): SenderSettings {
    return this.sender;
  }

  pathsOf(fact: FactName): readonly FieldPath[] {
    return this.sender.fields[fact] ?? readPresets(fact);
  }

  /** Where a fact is looked for, for a person to read. */
  placeOf(fact: FactName): string {
    const [path] = this.pathsOf(fact);
    return path === undefined ? (FIELD_PRESETS[fact][0] ?? fact) : `${path.segment}-${path.field}`;
  }
}
