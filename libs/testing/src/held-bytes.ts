import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of buffers that something of this process still refers to: what is only not collected yet is not held. */
export function heldBytes(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}
