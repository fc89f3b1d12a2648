import type { Figure, Measurement } from './figure.js';

export interface ReportLine extends Measurement {
  readonly figure: string;
  readonly unit: string;
  /** How many times better ours is than the peer's. */
  readonly ratio?: number;
  readonly goal?: number;
  readonly ok: boolean;
}

const rounded = (value: number) => Number(value.toPrecision(4));

export function reportLine(figure: Figure, measured: Measurement): ReportLine {
  const { ours, peer, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = measured;
  const ratio = peer === undefined ? undefined : figure.lowerIsBetter ? peer / ours : ours / peer;
  const reached = ratio === undefined || figure.goal === undefined || ratio >= figure.goal;
  return {
    figure: figure.name,
    unit: figure.unit,
    ...measured,
    ours: rounded(ours),
    ...(peer === undefined ? {} : { peer: rounded(peer) }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
    ...(figure.goal === undefined ? {} : { goal: figure.goal }),
    ok: reached && ours <= atMost && ours >= atLeast,
  };
}

/** One Markdown row, so that the table can go into the documentation as it is. */
export function row(line: ReportLine): string {
  const goal = goalOf(line);
  const cells = [
    line.figure,
    `${line.ours} ${line.unit}`,
    line.peer === undefined ? '' : `${line.peer} ${line.unit} (${line.peerName ?? ''})`,
    line.ratio === undefined ? '' : `${line.ratio}×`,
    goal,
    goal === '' ? '' : line.ok ? 'yes' : 'NO',
    line.note ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

function goalOf({ goal, atMost, atLeast, unit }: ReportLine): string {
  if (goal !== undefined) return `≥ ${goal}×`;
  if (atMost !== undefined) return `≤ ${atMost} ${unit}`;
  return atLeast === undefined ? '' : `≥ ${atLeast} ${unit}`;
}

export const tableHead = ['| figure | ours | peer | ratio | goal | reached | what |', '|---|---|---|---|---|---|---|'];
