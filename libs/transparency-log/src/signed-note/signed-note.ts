const SIGNATURE = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const MOST_SIGNATURES = 100;
const KEY_ID_BYTES = 4;

/** One who signs notes: what `— <name> <base64 of key id and signature>` says (C2SP signed-note). */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: Buffer;
  sign(text: string): Buffer;
}

/** A key that is trusted. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: Buffer;
  verify(text: string, signature: Buffer): boolean;
}

export interface Signature {
  readonly name: string;
  readonly keyId: Buffer;
  readonly bytes: Buffer;
}

/** A text, lines that each end, and who signed it (C2SP signed-note). */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || text.includes('\n\n'))
    throw new Error('The text of a note is lines without an empty one');
  const lines = signers.map(({ name, keyId, sign }) => signatureLine({ name, keyId, bytes: sign(text) }));
  return `${text}\n${lines.join('')}`;
}

export const signatureLine = ({ name, keyId, bytes }: Signature): string =>
  `— ${name} ${Buffer.concat([keyId, bytes]).toString('base64')}\n`;

/** A note cannot be read, or nobody who is trusted signed it. */
export class NoteRefused extends Error {
  override readonly name = 'NoteRefused';
}

/**
 * The text of a note that at least one of the keys signed, and the names of those which did. Signatures by others are passed over; one by a
 * key that is trusted and does not verify makes the note worth nothing. @throws NoteRefused
 */
export function openNote(note: string, trusted: readonly NoteVerifier[]): { text: string; signedBy: NoteVerifier[] } {
  const { text, signatures } = readNote(note);
  const signedBy = trusted.filter((key) => {
    const signature = signatures.find(({ name, keyId }) => name === key.name && keyId.equals(key.keyId));
    if (signature === undefined) return false;
    if (!key.verify(text, signature.bytes)) throw new NoteRefused(`The signature of ${key.name} does not verify`);
    return true;
  });
  if (signedBy.length === 0) throw new NoteRefused('Nobody who is trusted signed the note');
  return { text, signedBy };
}

/** @throws NoteRefused when it cannot be read */
export function readNote(note: string): { text: string; signatures: Signature[] } {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new NoteRefused('The note has no signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new NoteRefused('The note has too many signatures');
  const signatures = lines.map((line) => {
    const [, name, base64] = SIGNATURE.exec(line) ?? [];
    if (name === undefined || base64 === undefined) throw new NoteRefused('A signature of the note cannot be read');
    const bytes = Buffer.from(base64, 'base64');
    return { name, keyId: bytes.subarray(0, KEY_ID_BYTES), bytes: bytes.subarray(KEY_ID_BYTES) };
  });
  return { text: note.slice(0, end + 1), signatures };
}
