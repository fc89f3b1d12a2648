import { type Cell, SMALL_CELLS, withoutSmallCell, withoutSmallCells } from '@yinglian/contracts';
import type { PairsOfBit } from '../domain/previewed-pair.js';
import type { SettingsPreview } from './preview-settings.handler.js';

/** As somebody sees it who has no business with patients: no examples, and no figure of so few that they could be known. */
export function presentToAdministrators({
  asked,
  openQuestions,
  histogram,
  ...preview
}: Omit<SettingsPreview, 'telling'>) {
  const cells = { now: cellsOf(histogram, 'now'), proposed: cellsOf(histogram, 'proposed') };
  return {
    ...preview,
    asked: withoutSmallCells({ ...asked }),
    openQuestions: {
      setAside: withoutSmallCell(openQuestions.setAside),
      comeBack: withoutSmallCell(openQuestions.comeBack),
    },
    histogram: histogram.map(({ bits }) => ({ bits, now: cells.now(bits), proposed: cells.proposed(bits) })),
    examples: null,
    fewerThan: SMALL_CELLS.fewerThan,
  };
}

/** Each column sums up to what is asked. */
function cellsOf(histogram: readonly PairsOfBit[], side: 'now' | 'proposed'): (bits: number) => Cell {
  const cells = withoutSmallCells(Object.fromEntries(histogram.map((pairs) => [String(pairs.bits), pairs[side]])));
  return (bits) => cells[String(bits)] ?? null;
}
