import type { Agreement, ComparedRecord, Field, PatientRecord, Statement } from './conflict.js';

export const FIELDS: readonly Field[] = ['name', 'birthDate', 'sex', 'number', 'phone', 'address'];

export interface FieldValue {
  readonly text: string;
  /** How it may be read, or of which kind it is. */
  readonly hint: string | null;
}

/** All that was ever said of a field: what the newest statement says that mentions it, and what was said before. */
export interface FieldValues {
  readonly now: readonly FieldValue[];
  readonly before: readonly FieldValue[];
}

export function fieldValues({ statements }: Pick<PatientRecord, 'statements'>, field: Field): FieldValues {
  const [now = [], ...earlier] = statements.map((one) => valuesIn(one, field)).filter((values) => values.length > 0);
  const said = new Set(now.map(({ text }) => text));
  const before: FieldValue[] = [];
  for (const value of earlier.flat()) {
    if (said.has(value.text)) continue;
    said.add(value.text);
    before.push(value);
  }
  return { now, before };
}

/** Fields about which at least one of the records says something. */
export const statedFields = (records: readonly PatientRecord[]): Field[] =>
  FIELDS.filter((field) =>
    records.some((record) => {
      const { now, before } = fieldValues(record, field);
      return now.length + before.length > 0;
    }),
  );

export const agreementOf = ({ agreements }: Pick<ComparedRecord, 'agreements'>, field: Field): Agreement =>
  agreements.find((one) => one.field === field)?.agreement ?? 'unknown';

function valuesIn(statement: Statement, field: Field): FieldValue[] {
  const plain = (texts: readonly (string | null)[]) =>
    texts.flatMap((text) => (text === null || text === '' ? [] : [{ text, hint: null }]));
  switch (field) {
    case 'name':
      return statement.names.map(({ written, readings }) => ({ text: written, hint: readings }));
    case 'number':
      return statement.numbers.map(({ type, masked }) => ({ text: masked, hint: type }));
    case 'birthDate':
      return plain([statement.birthDate]);
    case 'sex':
      return plain([statement.sex]);
    case 'phone':
      return plain(statement.phones);
    case 'address':
      return plain(statement.addresses);
  }
}
