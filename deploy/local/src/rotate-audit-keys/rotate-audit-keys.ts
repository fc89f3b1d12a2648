import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../home/atomic-file.js';
import { Obstacle } from '../obstacle.js';
import type { Settings } from '../settings.js';
import { withNewKeys, withoutFormerKeys } from './rotated-key-file.js';

/** Adds new keys to the file of the keys that sign the audit log; with a checkpoint that they signed, removes those of before. */
export function rotateAuditKeys(settings: Settings, file: string | undefined, forget: string | undefined): void {
  const path = file ?? join(settings.YINGLIAN_HOME, 'audit-log-keys.pem');
  const before = textOf(path);
  if (forget === undefined) {
    writeWhole(path, withNewKeys(before));
    console.log(`${path} has new keys. The next checkpoint is signed by both, those behind it by the new ones.`);
  } else {
    writeWhole(path, withoutFormerKeys(before, textOf(forget)));
    console.log(`${path} has the keys that sign, and no others.`);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Obstacle(`${path} cannot be read (${error instanceof Error ? error.message : error}).`);
  }
}
