import { pinyin } from 'pinyin-pro';
import type { TrueName } from './person.js';

/** A name as devices spell it, in capital letters without tones. */
export interface Spelling {
  readonly family: string;
  readonly given: string;
}

export function spellingOf(name: TrueName): Spelling {
  if (name.kind === 'western') return { family: letters(name.family), given: letters(name.given) };
  if (name.kind === 'minority') {
    const [own = '', ...others] = name.parts;
    return { family: soundsOf(others.join('')), given: soundsOf(own) };
  }
  return { family: soundsOf(name.surname, 'surname'), given: soundsOf(name.given) };
}

/** WANG; one character after the other, and each looked up once, for there are few. */
export function soundsOf(text: string, mode: 'normal' | 'surname' = 'normal'): string {
  if (mode === 'surname') return soundOf(text, mode);
  return [...text].map((character) => soundOf(character, mode)).join('');
}

const known = { normal: new Map<string, string>(), surname: new Map<string, string>() };

function soundOf(text: string, mode: 'normal' | 'surname'): string {
  const cached = known[mode].get(text);
  if (cached !== undefined) return cached;
  const letters = pinyin(text, { toneType: 'none', type: 'array', mode, v: true }).join('').toUpperCase();
  const sound = letters.replace(/[^A-Z]/g, '');
  known[mode].set(text, sound);
  return sound;
}

const letters = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace('ß', 'ss')
    .toUpperCase()
    .replace(/[^A-Z' -]/g, '');
