import { existsSync } from 'node:fs';
import { newKeyFile } from '@yinglian/transparency-log';
import { writeWhole } from '../home/atomic-file.js';
import type { Home } from '../home/home.js';

/** The keys that sign this province's audit log, made once. Whoever loses them begins a log that no witness of the old one accepts. */
export function auditLogKeyFile(home: Home): string {
  const path = home.pathOf('audit-log-keys.pem');
  if (!existsSync(path)) writeWhole(path, newKeyFile());
  return path;
}
