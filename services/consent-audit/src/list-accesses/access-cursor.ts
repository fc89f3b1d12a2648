import { z } from 'zod';
import type { AccessRow } from '../storage/access-page.js';

/** Where a page begins: behind the last access of the one before. */
export const Cursor = z
  .string()
  .regex(/^(\d{1,13})-(\d{1,18})$/)
  .transform((cursor) => {
    const [at = '', position = ''] = cursor.split('-');
    return { at: new Date(Number(at)), position };
  });

/** The cursor of the following page; null where there is none. */
export function nextOf(items: readonly AccessRow[], limit: number): string | null {
  const last = items.length === limit ? items.at(-1) : undefined;
  return last === undefined ? null : `${last.at.getTime()}-${last.position}`;
}
