import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { peersPython } from '@yinglian/testing';
import {
  type Agreement,
  type ClusterMeasures,
  measureClusters,
  measurePairs,
  type PairCounts,
} from '../people/measures.js';

/** Settings in splink_models.py. */
export type SplinkModel = 'febrl-example' | 'febrl' | 'province';

/** A record as splink takes it: an empty text is what is not stated. */
export interface SplinkRow {
  readonly record: string;
  /** Whose it is; for judging only. */
  readonly truth: string;
  readonly [column: string]: string;
}

/** What came of it when pairs of at least so many bits were put together. */
export interface SplinkOutcome {
  readonly weight: number;
  /** Of the pairs themselves. */
  readonly pairwise: Agreement;
  /** Of the records that hang together by them. */
  readonly clusters: ClusterMeasures;
}

export interface SplinkRun {
  /** From reading to clusters, in splink's own process. */
  readonly seconds: number;
  /** By rising weight. */
  readonly outcomes: readonly SplinkOutcome[];
}

/** Lets splink learn from the records and put them together, at each of the match weights. */
export async function runSplink(
  model: SplinkModel,
  rows: Iterable<SplinkRow>,
  weights: readonly number[],
): Promise<SplinkRun> {
  const [head, ...placed] = await linesOf('splink-people.py', [model, ...weights.map(String)], rows);
  const { seconds, pairs }: Head = JSON.parse(head ?? '');
  const read = placed.map((line): Placed => JSON.parse(line));
  return { seconds, outcomes: pairs.map((counts, index) => outcomeOf(counts, index, read)) };
}

/** How long splink took for each of some records that it was asked with. */
export interface SplinkMatches {
  readonly milliseconds: readonly number[];
  /** Those of which it found the record itself. */
  readonly found: number;
}

/** Lets splink learn from the records, and asks it with some of them, one at a time. */
export async function askSplink(model: SplinkModel, rows: Iterable<SplinkRow>, asked: number): Promise<SplinkMatches> {
  const [answer] = await linesOf('splink-match.py', [model, String(asked)], rows);
  return JSON.parse(answer ?? '');
}

async function linesOf(script: string, args: readonly string[], rows: Iterable<SplinkRow>): Promise<string[]> {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url));
  const child = spawn(peersPython, [path, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = once(child, 'close');
  const fed = pipeline(Readable.from(jsonLines(rows)), child.stdin).catch(() => undefined);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  await Promise.all([fed, ended]);
  if (child.exitCode !== 0 || lines.length === 0) throw new Error(`Splink failed: ${complaint}`);
  return lines;
}

interface Head {
  readonly seconds: number;
  readonly pairs: readonly (PairCounts & { readonly weight: number })[];
}

interface Placed {
  readonly truth: string;
  readonly clusters: readonly string[];
}

function outcomeOf(pairs: Head['pairs'][number], index: number, placed: readonly Placed[]): SplinkOutcome {
  const assignments = placed.map(({ truth, clusters }) => ({ truth, cluster: clusters[index] ?? '' }));
  return { weight: pairs.weight, pairwise: measurePairs(pairs), clusters: measureClusters(assignments) };
}

function* jsonLines(rows: Iterable<SplinkRow>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}
