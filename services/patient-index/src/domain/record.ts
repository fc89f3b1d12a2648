import { readingsOf } from '@yinglian/names';
import { maskResidentId, readResidentId } from './identity/resident-id.js';
import { type ObservedName, readName } from './person-name.js';
import { recordFlags } from './record-flags.js';

/** One version of what a hospital said about a patient, as it is kept. */
export interface Statement {
  readonly version: number;
  readonly name: ObservedName;
  /** YYYYMMDD */
  readonly birthDate: string | null;
  readonly sex: string;
  /** Numbers that one person has. */
  readonly numbers: readonly string[];
  readonly otherIds: readonly { readonly id: string; readonly issuer: string; readonly type?: string }[];
  /** Since patient.observed.v3; null before. */
  readonly contact: Contact | null;
  /** By the images of a study; otherwise by a message. */
  readonly byStudy: boolean;
  readonly observedAt: Date;
}

export interface Contact {
  readonly phones: readonly string[];
  readonly addresses: readonly {
    readonly lines: readonly string[];
    readonly district: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
  }[];
  readonly mother: { readonly id: string; readonly name: string } | null;
  readonly birthOrder: number | null;
}

/** The same as a steward reads it: numbers masked so that one who knows them recognises them. */
export interface StatementView {
  readonly version: number;
  readonly names: readonly { readonly written: string; readonly readings: string | null }[];
  readonly birthDate: string | null;
  readonly sex: string;
  readonly numbers: readonly { readonly type: string; readonly masked: string }[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
  readonly motherName: string | null;
  readonly birthOrder: number | null;
  readonly flags: readonly string[];
  readonly byStudy: boolean;
  readonly observedAt: string;
}

/** @param today YYYYMMDD */
export function viewStatement(statement: Statement, today: string): StatementView {
  const { version, birthDate, sex, contact, byStudy } = statement;
  const name = readName(statement.name);
  return {
    version,
    names: name.shown.map((written) => ({ written, readings: readingsIn(written) })),
    birthDate,
    sex,
    numbers: statement.otherIds.map(({ id, type }) => maskNumber(id, type ?? 'UNKNOWN', today)),
    phones: (contact?.phones ?? []).map(maskPhone),
    addresses: (contact?.addresses ?? []).map(addressLine),
    motherName: contact?.mother?.name.trim() || null,
    birthOrder: contact?.birthOrder ?? null,
    flags: recordFlags(statement, name),
    byStudy,
    observedAt: statement.observedAt.toISOString(),
  };
}

/** 曾小雨: `zeng/ceng xiao yu`; null of a name without characters. */
function readingsIn(written: string): string | null {
  const characters = [...written].filter((one) => /\p{Script=Han}/u.test(one));
  if (characters.length === 0 || characters.length > LONGEST_READ) return null;
  return characters.map((one) => readingsOf(one).slice(0, 3).join('/') || '?').join(' ');
}

function maskNumber(id: string, type: string, today: string): { type: string; masked: string } {
  const resident = readResidentId(id, today);
  if (resident !== null) return { type: 'RESIDENT_ID', masked: maskResidentId(resident.number) };
  return { type, masked: masked(id.trim(), 2, 2) };
}

/** 138****5678 */
export const maskPhone = (phone: string): string => masked(phone.replace(/[\s-]/g, ''), 3, 4);

function masked(text: string, head: number, tail: number): string {
  const characters = [...text];
  if (characters.length <= head + tail) return '*'.repeat(characters.length);
  const hidden = characters.length - head - tail;
  return characters.slice(0, head).join('') + '*'.repeat(hidden) + characters.slice(-tail).join('');
}

const addressLine = ({ state, city, district, lines, postalCode }: Contact['addresses'][number]): string =>
  [[state, city, district, ...lines].join(''), postalCode].filter((part) => part !== '').join(' ');

const LONGEST_READ = 20;
