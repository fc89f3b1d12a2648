import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** PostgreSQL refuses to run as root; root lends it this account, which owns nothing else. */
export const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;

export interface AccountedCommand {
  readonly executable: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/**
 * The command under an account that PostgreSQL accepts. When root keeps the data or the program below a folder that
 * others may not enter, the account also gets the right to pass through (capabilities(7), CAP_DAC_OVERRIDE).
 */
export function underAccount(executable: string, args: readonly string[], dataFolder: string): AccountedCommand {
  if (!isRoot) return { executable, args };
  if (SETPRIV === undefined || (passable(dataFolder) && passable(executable))) {
    return { executable, args, uid: NOBODY, gid: NOBODY };
  }
  const account = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const passThrough = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { executable: SETPRIV, args: [...account, ...passThrough, executable, ...args] };
}

const OTHERS_MAY_ENTER = 0o001;

/** Whether any account can get to the path: all folders above it let others pass. */
function passable(path: string): boolean {
  const parent = dirname(path);
  return parent === path || ((statSync(parent).mode & OTHERS_MAY_ENTER) !== 0 && passable(parent));
}
