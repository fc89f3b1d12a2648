import { pinyin } from 'pinyin-pro';

// Readings as a surname that the dictionary lacks.
const MORE: Readonly<Record<string, string>> = { 翟: 'di', 盖: 'ge', 区: 'ou', 朴: 'piao', 查: 'zha', 尉: 'yu' };
const known = new Map<string, readonly string[]>();

/** All readings of a Chinese character without tones, the likeliest first; ü as v, as yu (passports since 2012) and as u. */
export function readingsOf(character: string): readonly string[] {
  const cached = known.get(character);
  if (cached !== undefined) return cached;
  const asSurname = pinyin(character, { toneType: 'none', type: 'array', mode: 'surname' });
  const all = pinyin(character, { toneType: 'none', type: 'array', multiple: true });
  const readings = [...asSurname, ...all, MORE[character] ?? '']
    .flatMap(spellingsOf)
    .filter((one) => /^[a-z]+$/.test(one));
  const distinct = [...new Set(readings)];
  known.set(character, distinct);
  return distinct;
}

function spellingsOf(reading: string): string[] {
  if (!reading.includes('ü')) return [reading];
  return [reading.replace('ü', 'v'), reading.replace('ü', 'yu'), reading.replace('ü', 'u')];
}
