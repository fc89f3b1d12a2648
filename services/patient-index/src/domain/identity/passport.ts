import { iso31661Alpha2ToAlpha3 } from 'iso-3166';
import type { Identifier } from './identifier.js';

const COUNTRIES = new Set(Object.values(iso31661Alpha2ToAlpha3));
// Numbers of documents in ICAO Doc 9303 have up to nine characters; some countries print more.
const PASSPORT = /^(?=(.*\d){4})[A-Z0-9]{5,12}$/;
// Chinese passports: ordinary, electronic, of Hong Kong and Macao, and of public affairs (practice).
const CHINESE = /^(E[A-Z]?\d{7,8}|G\d{8}|1[45]\d{7}|K[A-Z]?\d{7,8}|H\d{8}|MA\d{7}|[DPS]E?\d{7,8})$/;

/** A passport is its country's: the same number means two people in two countries. Null when it is not built like one. */
export function readPassport(number: string, issuer: string): Identifier | null {
  if (!PASSPORT.test(number)) return null;
  const country = countryOf(issuer);
  if (country !== null) return { system: `PASSPORT:${country}`, value: number, strength: 'strong' };
  if (issuer === '' && CHINESE.test(number)) return { system: 'PASSPORT:CHN', value: number, strength: 'medium' };
  return { system: issuer === '' ? 'PASSPORT' : `PASSPORT:${issuer}`, value: number, strength: 'medium' };
}

/** Only letters that no other number begins with, so that it can be told without its type. */
export const isChinesePassport = (number: string): boolean => /^(E[A-HJ-NP-Z]?\d{7}|E\d{8})$/.test(number);

/** ISO 3166-1 alpha-3, as HL7 table 0399 has it. */
export const isCountry = (code: string): boolean => COUNTRIES.has(code);

function countryOf(issuer: string): string | null {
  if (/^(中国|中华人民共和国|CHINA)/.test(issuer)) return 'CHN';
  const code = iso31661Alpha2ToAlpha3[issuer] ?? issuer;
  return isCountry(code) ? code : null;
}
