import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** Of Linux (tcp(7)). */
const IPPROTO_TCP = 6;
const TCP_QUICKACK = 12;
const ON = Buffer.from(Int32Array.of(1).buffer);

type SetOption = (descriptor: number, level: number, option: number, value: Buffer, length: number) => number;

let loaded: { readonly setOption: SetOption | undefined } | undefined;

/**
 * Node has no such option, so the C library's function is called; where that is not possible nothing changes. Loaded with
 * the first connection, and by `require`: for a top-level `await` Jest builds each module around it three times.
 */
function setOption(): SetOption | undefined {
  loaded ??= { setOption: process.platform === 'linux' ? loadSetOption() : undefined };
  return loaded.setOption;
}

function loadSetOption(): SetOption | undefined {
  try {
    const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
    return koffi.load(null).func('int setsockopt(int, int, int, const void *, uint32_t)');
  } catch {
    return undefined;
  }
}

/** Whether this machine can. */
export const canAcknowledgeAtOnce = () => setOption() !== undefined;

/**
 * Sends the acknowledgement of what was read of a connection, to be called after each read.
 *
 * A peer with Nagle's algorithm, as DCMTK's programs and many devices come, keeps back the small end of a message until what it
 * sent before is acknowledged, and Linux acknowledges a small packet 40 ms later, in the hope of an answer to send along: a
 * pause of 40 ms for an image that takes 2.
 */
export function acknowledgeAtOnce(socket: Socket): void {
  const set = setOption();
  if (set === undefined) return;
  const handle: unknown = Reflect.get(socket, '_handle');
  const descriptor: unknown = handle === null || handle === undefined ? undefined : Reflect.get(handle, 'fd');
  if (typeof descriptor === 'number' && descriptor >= 0) set(descriptor, IPPROTO_TCP, TCP_QUICKACK, ON, ON.length);
}
