import type { OrderNumbers } from '../map-messages/facts.js';

type Numbered = OrderNumbers & { readonly examId: number };

const NUMBERS = ['fillerOrderNumber', 'placerOrderNumber', 'accessionNumber'] as const;

/**
 * Which known exam a message means. The performer's number says most, then the orderer's, then the accession number, which
 * several orders may share. An exam that has another number in the same place is another one.
 */
export function examOf<Exam extends Numbered>(numbers: OrderNumbers, known: readonly Exam[]): Exam | undefined {
  const agreeing = known.filter((exam) =>
    NUMBERS.every((name) => numbers[name] === null || exam[name] === null || numbers[name] === exam[name]),
  );
  for (const name of NUMBERS) {
    const found = agreeing.find((exam) => exam[name] !== null && exam[name] === numbers[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}
