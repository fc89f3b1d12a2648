import type { Cell, SmallCells } from '@yinglian/contracts';
import type { PairsOfBit } from '../domain/previewed-pair.js';
import type { SettingsPreview } from './preview-settings.handler.js';

/** As somebody sees it who has no business with patients: no examples, and no figure of so few that they could be known. */
export function presentToAdministrators(
  { asked, openQuestions, histogram, ...preview }: Omit<SettingsPreview, 'telling'>,
  small: SmallCells,
) {
  const cells = { now: cellsOf(histogram, 'now', small), proposed: cellsOf(histogram, 'proposed', small) };
  return {
    ...preview,
    asked: small.withoutOf({ ...asked }),
    openQuestions: {
      setAside: small.without(openQuestions.setAside),
      comeBack: small.without(openQuestions.comeBack),
    },
    histogram: histogram.map(({ bits }) => ({ bits, now: cells.now(bits), proposed: cells.proposed(bits) })),
    examples: null,
    fewerThan: small.fewerThan,
  };
}

/** Each column sums up to what is asked. */
function cellsOf(
  histogram: readonly PairsOfBit[],
  side: 'now' | 'proposed',
  small: SmallCells,
): (bits: number) => Cell {
  const cells = small.withoutOf(Object.fromEntries(histogram.map((pairs) => [String(pairs.bits), pairs[side]])));
  return (bits) => cells[String(bits)] ?? null;
}
