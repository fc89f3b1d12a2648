import { readdirSync, readFileSync } from 'node:fs';

/** Policies as people read them: Cedar by file name, and the schema that they are checked against. */
export interface PolicyText {
  readonly files: Readonly<Record<string, string>>;
  readonly schema: string;
}

const SHIPPED = new URL('../../policies/', import.meta.url);
const SCHEMA = 'access.cedarschema';

/** What this release brings. The schema is always its own: it says what this code asks. */
export function shippedPolicies(folder: URL = SHIPPED): PolicyText {
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  const names = readdirSync(folder).filter((name) => name.endsWith('.cedar'));
  return { files: Object.fromEntries(names.sort().map((name) => [name, read(name)])), schema: read(SCHEMA) };
}
