import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signCheckpoint } from './checkpoint.js';
import { cosign, cosignedAt, readWitnessKey, witnessKeyText } from './cosignature.js';
import { noteSigner, noteVerifier, verifierKey } from './note-keys.js';
import { openNote } from './signed-note.js';

const LOG = 'health.example/audit';
const WITNESS = `${LOG}/witness/H001`;
const AT = new Date('2026-11-30T12:00:05.000Z');
const logKey = generateKeyPairSync('ed25519').privateKey;
const own = generateKeyPairSync('ed25519').privateKey;
const witness = readWitnessKey(witnessKeyText(WITNESS, own));

const note = signCheckpoint({ origin: LOG, size: 77, root: Buffer.alloc(32, 7), sealedAt: AT }, [
  noteSigner(LOG, logKey),
]);
const cosigned = note + cosign(note, WITNESS, own, AT);

describe('a cosignature', () => {
  it('says when the witness signed, and leaves the note what it was', () => {
    expect(cosignedAt(cosigned, witness)).toEqual(AT);
    expect(openNote(cosigned, [noteVerifier(verifierKey(LOG, logKey))]).text).toBe(
      note.slice(0, note.indexOf('\n\n') + 1),
    );
    // One of a note that others have signed since is the same.
    expect(cosign(cosigned, WITNESS, own, AT)).toBe(cosign(note, WITNESS, own, AT));
  });

  it('is not there where the witness did not sign', () => {
    const another = generateKeyPairSync('ed25519').privateKey;
    expect(cosignedAt(note, witness)).toBeUndefined();
    expect(cosignedAt(note + cosign(note, WITNESS, another, AT), witness)).toBeUndefined();
    expect(cosignedAt(note + cosign(note, `${LOG}/witness/H002`, own, AT), witness)).toBeUndefined();
  });

  it('of another checkpoint or time does not verify', () => {
    expect(() => cosignedAt(cosigned.replace('\n77\n', '\n78\n'), witness)).toThrow(/does not verify/);
    const [, base64 = ''] = /witness\/H001 (\S+)\n$/.exec(cosigned) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    bytes[11] = (bytes[11] ?? 0) ^ 1;
    expect(() => cosignedAt(cosigned.replace(base64, bytes.toString('base64')), witness)).toThrow(/does not verify/);
    const short = bytes.subarray(0, 12).toString('base64');
    expect(() => cosignedAt(cosigned.replace(base64, short), witness)).toThrow(/too short/);
  });

  it('is no signature of the log, whose key is none of a witness', () => {
    expect(() => noteVerifier(witnessKeyText(WITNESS, own))).toThrow();
    expect(() => readWitnessKey(verifierKey(LOG, logKey))).toThrow();
  });
});
