import { JsonModelError } from './json-model-error.js';

interface Kind {
  readonly bytes: number;
  readonly write: (into: Buffer, value: unknown, at: number) => void;
}

/** PS3.18 section F.2.3.1: what JSON has no number for. */
const NOT_FINITE = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

const whole = (
  bytes: number,
  least: number,
  most: number,
  write: (into: Buffer, value: number, at: number) => void,
) => ({
  bytes,
  write: (into: Buffer, value: unknown, at: number) => {
    const number = typeof value === 'string' && /^[+-]?\d{1,10}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
      throw new JsonModelError('A whole number is none, or has no room');
    }
    write(into, number, at);
  },
});

const long = (isSigned: boolean): Kind => ({
  bytes: 8,
  write: (into, value, at) => {
    const isLong = Number.isSafeInteger(value) || (typeof value === 'string' && /^[+-]?\d{1,20}$/.test(value));
    const number = isLong ? BigInt(String(value).replace(/^\+/, '')) : undefined;
    if (number === undefined || number !== (isSigned ? BigInt.asIntN(64, number) : BigInt.asUintN(64, number))) {
      throw new JsonModelError('A whole number is none, or has no room');
    }
    if (isSigned) into.writeBigInt64LE(number, at);
    else into.writeBigUInt64LE(number, at);
  },
});

const real = (bytes: number, write: (into: Buffer, value: number, at: number) => void): Kind => ({
  bytes,
  write: (into, value, at) => {
    const number = NOT_FINITE.get(value) ?? value;
    if (typeof number !== 'number') throw new JsonModelError('A number is none');
    write(into, number, at);
  },
});

function writeFloat(into: Buffer, value: number, at: number): void {
  if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) throw new JsonModelError('A number has no room');
  into.writeFloatLE(value, at);
}

/** A tag `GGGGEEEE`. */
const tag: Kind = {
  bytes: 4,
  write: (into, value, at) => {
    if (typeof value !== 'string' || !/^[0-9A-Fa-f]{8}$/.test(value)) throw new JsonModelError('AT has tags');
    into.writeUInt16LE(Number.parseInt(value.slice(0, 4), 16), at);
    into.writeUInt16LE(Number.parseInt(value.slice(4), 16), at + 2);
  },
};

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['US', whole(2, 0, 2 ** 16 - 1, (into, value, at) => into.writeUInt16LE(value, at))],
  ['SS', whole(2, -(2 ** 15), 2 ** 15 - 1, (into, value, at) => into.writeInt16LE(value, at))],
  ['UL', whole(4, 0, 2 ** 32 - 1, (into, value, at) => into.writeUInt32LE(value, at))],
  ['SL', whole(4, -(2 ** 31), 2 ** 31 - 1, (into, value, at) => into.writeInt32LE(value, at))],
  ['UV', long(false)],
  ['SV', long(true)],
  ['FL', real(4, writeFloat)],
  ['FD', real(8, (into, value, at) => into.writeDoubleLE(value, at))],
  ['AT', tag],
]);

export const isNumber = (vr: string): boolean => KINDS.has(vr);

/** Bytes that each value of a VR has, for what comes as bytes: 1 where they are not counted. */
export const bytesOfValue = (vr: string): number => KINDS.get(vr)?.bytes ?? BYTES_OF_BINARY.get(vr) ?? 1;

const BYTES_OF_BINARY: ReadonlyMap<string, number> = new Map([
  ['OW', 2],
  ['OF', 4],
  ['OL', 4],
  ['OD', 8],
  ['OV', 8],
]);

/** Binary numbers and tags in little endian (PS3.5 section 6.2). @throws JsonModelError */
export function numberBytes(vr: string, values: readonly unknown[]): Buffer {
  const kind = KINDS.get(vr);
  if (kind === undefined) throw new JsonModelError(`${vr} has no numbers`);
  const bytes = Buffer.alloc(values.length * kind.bytes);
  for (const [index, value] of values.entries()) kind.write(bytes, value, index * kind.bytes);
  return bytes;
}
