import { readFileSync } from 'node:fs';

/** Tables of a page in Markdown, for specs that hold a reference against the code: cells without spaces around them and marks. */
export class PageTables {
  /** The whole page. */
  readonly text: string;
  private readonly lines: readonly string[];

  /** @param page of `docs/reference`, as `qido-rs.md` */
  constructor(page: string) {
    this.text = readFileSync(new URL(`../../../docs/reference/${page}`, import.meta.url), 'utf8');
    this.lines = this.text.split('\n');
  }

  /** The rows of all tables, headings among them. */
  get rows(): string[][] {
    return this.lines.filter((line) => line.startsWith('|')).map(cellsOf);
  }

  /** The rows under the heading whose first cell begins so. @throws Error when no table has it */
  under(heading: string): string[][] {
    const start = this.lines.findIndex((line) => line.startsWith(`| ${heading}`));
    if (start < 0) throw new Error(`No table begins with ${heading}`);
    const rows = this.lines.slice(start + 2);
    const end = rows.findIndex((line) => !line.startsWith('|'));
    return rows.slice(0, end < 0 ? undefined : end).map(cellsOf);
  }
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));
