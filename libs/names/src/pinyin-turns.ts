/** LÜ as LV or LYU, alike. */
export const foldU = (letters: string): string => letters.replace(/([ln])yu/g, '$1v');

/** The parts as written, and begun at each other place: the surname may stand last. */
export const turns = <T>(parts: readonly T[]): T[][] =>
  parts.length === 0 ? [] : parts.map((_, start) => [...parts.slice(start), ...parts.slice(0, start)]);
