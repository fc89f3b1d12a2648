import type { Database, Sql } from '@yinglian/persistence';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Reads as the database does, and keeps how it was done: which indexes were used, and how many rows of tables were read. */
export class Explained implements Sql {
  private readonly nodes: PlanNode[] = [];

  constructor(private readonly database: Database) {}

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const [row] = await this.database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
      values,
    );
    const plan = row?.['QUERY PLAN'][0].Plan;
    if (plan !== undefined) this.nodes.push(...nodesOf(plan));
    return this.database.query<Row>(text, values);
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
