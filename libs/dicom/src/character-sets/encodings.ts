import { TextDecoder } from 'node:util';

const decoders = new Map<string, TextDecoder>();

function decoderOf(encoding: string, fatal: boolean): TextDecoder {
  const name = `${encoding}:${fatal}`;
  const known = decoders.get(name);
  if (known !== undefined) return known;
  const made = new TextDecoder(encoding, { fatal, ignoreBOM: true });
  decoders.set(name, made);
  return made;
}

/** Text in an encoding of the WHATWG standard; what cannot be read becomes U+FFFD. */
export const decodeAs = (encoding: string, bytes: Uint8Array): string => decoderOf(encoding, false).decode(bytes);

/** The same, or undefined when some of the bytes cannot be text in that encoding. */
export function decodeStrictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return decoderOf(encoding, true).decode(bytes);
  } catch {
    return undefined;
  }
}
