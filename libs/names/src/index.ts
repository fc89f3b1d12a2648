export { foldVariants } from './han-variants.js';
export { nameKeys, type SpelledName, type TypedName, typedNameKeys } from './name-keys.js';
export { clean, hanIn, latinIn, MOST_CHARACTERS, unify } from './name-text.js';
export { nameWordsOf, nameWordsQuery } from './name-words.js';
export { readingsOf } from './pinyin-readings.js';
export { syllablesIn } from './pinyin-syllables.js';
export { foldU, turns } from './pinyin-turns.js';
