import type { Database, Sql } from '@yinglian/persistence';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  /** Of a statement's topmost node: of all below it too, and of what functions read. */
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** Answers as the database does, and keeps how it was done: which tables and indexes were read, how many rows and blocks of them. */
export class Explained implements Sql {
  private readonly nodes: PlanNode[] = [];
  private blocksRead = 0;

  constructor(private readonly database: Database) {}

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const [row] = await this.database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
      values,
    );
    const plan = row?.['QUERY PLAN'][0].Plan;
    if (plan === undefined) throw new Error('There is no plan');
    this.nodes.push(...nodesOf(plan));
    this.blocksRead += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    return this.database.query<Row>(text, values);
  }

  /** Pages of 8 KiB that were read, from memory or disk. */
  get blocks(): number {
    return this.blocksRead;
  }

  /** Tables that were read, once for each time. */
  get tables(): string[] {
    return this.nodes.flatMap((node) => node['Relation Name'] ?? []);
  }

  /** Tables that were read from end to end. */
  get scanned(): string[] {
    return this.nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? '?') : []));
  }

  get indexes(): string[] {
    return [...new Set(this.nodes.flatMap((node) => node['Index Name'] ?? []))].sort();
  }

  get rowsRead(): number {
    const read = this.nodes.filter(
      (node) => /^(Index|Bitmap Heap|Seq)/.test(node['Node Type']) && 'Relation Name' in node,
    );
    return read.reduce((sum, node) => {
      const each =
        node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
      return sum + Math.round(each * node['Actual Loops']);
    }, 0);
  }
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
