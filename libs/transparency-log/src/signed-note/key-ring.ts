import { type Checkpoint, readCheckpoint } from './checkpoint.js';
import { noteVerifier } from './note-keys.js';
import { NoteRefused, type NoteVerifier, openNote } from './signed-note.js';

interface TrustedKey {
  readonly text: string;
  readonly verifier: NoteVerifier;
  /** It is not believed of a larger log; null for one that signs today. */
  readonly until: number | null;
}

/** The keys of a log that somebody trusts, those of before too, each as far as it is to be believed. */
export class KeyRing {
  private constructor(
    readonly origin: string,
    private readonly keys: readonly TrustedKey[],
  ) {}

  /** @param lines a verifier key each, and behind one that was retired ` until <records>`. @throws when one cannot be read */
  static of(origin: string, lines: readonly string[]): KeyRing {
    const keys = lines.map((line) => {
      const [, text = '', until] = /^(\S+)(?: until (\d{1,15}))?$/.exec(line.trim()) ?? [];
      return { text, verifier: noteVerifier(text), until: until === undefined ? null : Number(until) };
    });
    return new KeyRing(origin, keys);
  }

  /** As `of` reads them. */
  lines(): string[] {
    return this.keys.map(({ text, until }) => (until === null ? text : `${text} until ${until}`));
  }

  /** Keys that sign nothing any more. */
  retired(): string[] {
    return this.keys.filter(({ until }) => until !== null).map(({ text }) => text);
  }

  /** Those of the keys in use that signed the note. */
  signersOf(note: string): string[] {
    return this.inUse().filter((text) => haveSigned(note, [text], this.origin));
  }

  /** @throws NoteRefused when no key signed it that is believed of a log so large, or an error when it is no checkpoint of this log */
  open(note: string): Checkpoint {
    const verifiers = this.keys.map(({ verifier }) => verifier);
    const { text, signedBy } = openNote(note, verifiers);
    const checkpoint = readCheckpoint(text, this.origin);
    const isBelieved = this.keys.some(
      ({ verifier, until }) => signedBy.includes(verifier) && checkpoint.size <= (until ?? checkpoint.size),
    );
    if (!isBelieved) throw new NoteRefused('The keys that signed the note were retired before');
    return checkpoint;
  }

  /**
   * With the keys that checkpoints turn to, and back to those of before. A turn is followed when all keys that are in use signed it, and all that it
   * adopts: of several, one may have been stolen.
   */
  following(turns: readonly string[]): KeyRing {
    const forward = turns.reduce<KeyRing>((ring, note) => ring.after(note), this);
    return turns.reduceRight<KeyRing>((ring, note) => ring.before(note), forward);
  }

  private inUse(): string[] {
    return this.keys.filter(({ until }) => until === null).map(({ text }) => text);
  }

  private after(note: string): KeyRing {
    const { size, turn } = this.turnOf(note) ?? {};
    if (size === undefined || turn === undefined) return this;
    const inUse = this.inUse();
    if (inUse.length === 0 || !haveSigned(note, [...inUse, ...turn.adopts], this.origin)) return this;
    const kept = this.keys.map((key) => (turn.retires.includes(key.text) ? { ...key, until: key.until ?? size } : key));
    return new KeyRing(this.origin, [...kept, ...this.unknown(turn.adopts, null)]);
  }

  private before(note: string): KeyRing {
    const { size, turn } = this.turnOf(note) ?? {};
    if (size === undefined || turn === undefined) return this;
    const { retires, adopts } = turn;
    const areKnown = adopts.every((text) => this.keys.some((key) => key.text === text && (key.until ?? size) >= size));
    if (!areKnown || !haveSigned(note, [...retires, ...adopts], this.origin)) return this;
    return new KeyRing(this.origin, [...this.unknown(retires, size), ...this.keys]);
  }

  private unknown(texts: readonly string[], until: number | null): TrustedKey[] {
    const others = texts.filter((text) => !this.keys.some((key) => key.text === text));
    return others.map((text) => ({ text, verifier: noteVerifier(text), until }));
  }

  private turnOf(note: string): Checkpoint | undefined {
    try {
      return this.open(note);
    } catch {
      return undefined;
    }
  }
}

/** Whether all of these keys of a log signed a note. */
function haveSigned(note: string, keys: readonly string[], origin: string): boolean {
  try {
    const verifiers = [...new Set(keys)].map(noteVerifier);
    const isOwn = verifiers.every(({ name }) => name === origin);
    return isOwn && openNote(note, verifiers).signedBy.length === verifiers.length;
  } catch {
    return false;
  }
}
