import { parseArgs } from 'node:util';
import { HospitalCode } from '@yinglian/contracts';
import type { MasterFile } from './load-file.js';

export const USAGE = 'load-patients [--without-asking] [<hospital>=<file> …], for instance H001=patients.ndjson';

export interface LoadArguments {
  readonly files: readonly MasterFile[];
  readonly asks: boolean;
}

/** Throws an error that says how it is called. */
export function readArguments(args: readonly string[]): LoadArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'without-asking': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  return { files: positionals.map(masterFileOf), asks: !values['without-asking'] };
}

function masterFileOf(text: string): MasterFile {
  const at = text.indexOf('=');
  const [hospital, path] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (!HospitalCode.safeParse(hospital).success || path === '')
    throw new Error(`${text} is not <hospital>=<file>: ${USAGE}`);
  return { hospital, path };
}
