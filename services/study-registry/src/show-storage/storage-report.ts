import { gibibytesText, percentText, type RoomTaken, savingOf, sumOf } from '../domain/saving.js';
import type { StoredTier } from '../storage/stored-tiers.js';

export interface StorageReport {
  readonly tiers: readonly (StoredTier & { readonly saving: number | null })[];
  /** All that is compact, and what that saves. */
  readonly recompression: RoomTaken & { readonly saving: number | null };
}

export function storageReportOf(tiers: readonly StoredTier[]): StorageReport {
  const cold = sumOf(tiers.filter(({ tier }) => tier === 'cold'));
  return {
    tiers: tiers.map((tier) => ({ ...tier, saving: tier.tier === 'cold' ? savingOf(tier) : null })),
    recompression: { ...cold, saving: savingOf(cold) },
  };
}

const HEAD = ['hospital', 'modality', 'tier', 'packs', 'as they came', 'stored', 'saved'];
/** Columns of words; the others are figures, and stand to the right. */
const WORDS = 3;

/** A line for each hospital, modality and tier, and what recompression saves of all. */
export function storageTable({ tiers, recompression }: StorageReport): string[] {
  const figures = ({ packs, bytes, storedBytes, saving }: StorageReport['recompression']) => [
    String(packs),
    gibibytesText(bytes),
    gibibytesText(storedBytes),
    percentText(saving),
  ];
  const rows = tiers.map((row) => [row.hospital, row.modality === '' ? '-' : row.modality, row.tier, ...figures(row)]);
  return aligned([HEAD, ...rows, ['all', '', 'cold', ...figures(recompression)]]);
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const padded = (cell: string, column: number) =>
    column < WORDS ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(padded).join('  '));
}
