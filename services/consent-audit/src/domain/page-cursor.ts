import { z } from 'zod';

/** The last row of a page, by its instant and its id. */
export interface PageCursor {
  readonly at: Date;
  readonly id: string;
}

/** As addresses have it: milliseconds since 1970, `_`, and a UUID. */
export const PageCursor = z
  .string()
  .regex(/^\d{1,13}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((cursor): PageCursor => {
    const [at = '', id = ''] = cursor.split('_');
    return { at: new Date(Number(at)), id };
  });

/** The cursor of the next page, null when this one was not full. */
export function nextCursor<Row>(rows: readonly Row[], limit: number, of: (last: Row) => PageCursor): string | null {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  if (last === undefined) return null;
  const { at, id } = of(last);
  return `${at.getTime()}_${id}`;
}
