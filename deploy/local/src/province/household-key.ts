import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeWhole } from '../home/atomic-file.js';
import type { Home } from '../home/home.js';

/** The secret by which consent-audit tells who lives together, made once: with another one it would compare with what it cannot know. */
export function householdKeyFile(home: Home): string {
  const path = home.pathOf('household.key');
  if (!existsSync(path)) writeWhole(path, randomBytes(32).toString('base64'));
  return path;
}
