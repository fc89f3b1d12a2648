import type { NamedBytes } from '@yinglian/dicom';
import { z } from 'zod';
import { StudyFact } from './followed-study.js';

/** Where instances lie in the spool: the name of a segment, and their files' positions in it. */
export const Places = z.object({ segment: z.string(), positions: z.array(z.number()) });
export type Places = z.infer<typeof Places>;

/** What is written down of a study, line by line, in the order in which it became so. */
export const JournalLine = z.union([
  z.object({ fact: StudyFact }),
  /** These leave in one pack, in this order: it is the same pack, byte for byte, after a restart. */
  z.object({ sealed: z.array(Places) }),
  /**
   * SOP Instance UIDs that need the spool no more, and where they lay; of each the SHA-256 of the data set that the registry has
   * taken, of none when it refused them.
   */
  z.object({
    instances: z.array(z.string()),
    handedOver: z.array(Places).default([]),
    dataSets: z.array(z.string()).optional(),
  }),
  /** The facts above are in the event log, and this count of instances. */
  z.object({ told: z.number() }),
]);
export type JournalLine = z.infer<typeof JournalLine>;

/** What the lines say together. */
export interface KnownStudy {
  readonly instances: readonly string[];
  readonly facts: readonly StudyFact[];
  readonly factsTold: number;
  readonly instancesTold: number;
  readonly sealed: readonly (readonly Places[])[];
  readonly handedOver: readonly Places[];
  /** What the registry has taken, in that order; UIDs alone where the bytes were not written down. */
  readonly sent: readonly (NamedBytes | string)[];
}

export function knownFrom(lines: readonly JournalLine[]): KnownStudy {
  const lastTold = lines.findLastIndex((line) => 'told' in line);
  const told = lines[lastTold];
  const factsIn = (some: readonly JournalLine[]) => some.flatMap((line) => ('fact' in line ? [line.fact] : []));
  return {
    instances: lines.flatMap((line) => ('instances' in line ? line.instances : [])),
    facts: factsIn(lines),
    factsTold: factsIn(lines.slice(0, lastTold + 1)).length,
    instancesTold: told !== undefined && 'told' in told ? told.told : 0,
    sealed: lines.flatMap((line) => ('sealed' in line ? [line.sealed] : [])),
    handedOver: lines.flatMap((line) => ('handedOver' in line ? line.handedOver : [])),
    sent: lines.flatMap((line) => ('instances' in line ? sentIn(line) : [])),
  };
}

type HandedOver = { instances: readonly string[]; dataSets?: readonly string[] | undefined };

function sentIn({ instances, dataSets }: HandedOver): readonly (NamedBytes | string)[] {
  if (dataSets === undefined) return instances;
  return dataSets.flatMap((dataSetSha256, place) => {
    const sopInstanceUid = instances[place];
    return sopInstanceUid === undefined ? [] : [{ sopInstanceUid, dataSetSha256 }];
  });
}
