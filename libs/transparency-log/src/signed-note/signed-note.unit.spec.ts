import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openCheckpoint, signCheckpoint } from './checkpoint.js';
import { noteSigner, noteVerifier, verifierKey } from './note-keys.js';
import { NoteRefused, openNote, signNote } from './signed-note.js';

const NAME = 'health.example/audit';
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const sm2 = generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey;
const trusted = [ed25519, sm2].map((key) => noteVerifier(verifierKey(NAME, key)));
const signers = [ed25519, sm2].map((key) => noteSigner(NAME, key));
const TEXT = 'first line\n第二行\n';

describe('a signed note', () => {
  it('is opened with either of the keys that signed it, and says which did', () => {
    const note = signNote(TEXT, signers);
    expect(openNote(note, trusted)).toEqual({ text: TEXT, signedBy: trusted });
    for (const key of trusted) expect(openNote(note, [key])).toEqual({ text: TEXT, signedBy: [key] });
  });

  it('of another key of the same name is passed over', () => {
    const other = noteSigner(NAME, generateKeyPairSync('ed25519').privateKey);
    expect(() => openNote(signNote(TEXT, [other]), trusted)).toThrow(NoteRefused);
    expect(openNote(signNote(TEXT, [other, ...signers]), trusted).text).toBe(TEXT);
  });

  it.each(['line', '第二行', '\n第'])('with a changed text is refused: %j', (part) => {
    const note = signNote(TEXT, signers).replace(part, `${part}!`);
    for (const key of trusted) expect(() => openNote(note, [key])).toThrow(NoteRefused);
  });

  it('with one signature changed is refused as a whole', () => {
    const lines = signNote(TEXT, signers).split('\n');
    const at = lines.findIndex((line) => line.startsWith('— '));
    const broken = lines.with(at, lines[at]?.replace(/.{6}(==?)?$/, 'AAAAAA$1') ?? '').join('\n');
    expect(() => openNote(broken, trusted)).toThrow(NoteRefused);
  });

  it.each(['', 'text\n', 'text\n\n', 'text\n\nno signature\n', `text\n\n— ${NAME} %%%\n`, 'text\n\n— name'])(
    'that cannot be read is refused: %j',
    (note) => {
      expect(() => openNote(note, trusted)).toThrow(NoteRefused);
    },
  );

  it('cannot be made of a text without an end, or with an empty line', () => {
    expect(() => signNote('text', signers)).toThrow();
    expect(() => signNote('a\n\nb\n', signers)).toThrow();
  });
});

describe('a key', () => {
  it('is written as Go writes the one in its documentation', () => {
    // The example of golang.org/x/mod/sumdb/note: PRIVATE+KEY+PeterNeumann and its verifier key.
    const seed = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
    const key = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
      format: 'der',
      type: 'pkcs8',
    });
    expect(verifierKey('PeterNeumann', key)).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  });

  it('that is none is refused', () => {
    const text = verifierKey(NAME, ed25519);
    for (const broken of [
      '',
      'x',
      text.replace('+', '-'),
      `other${text}`,
      text.slice(0, -8),
      text.replace(/[^+]+$/, 'AQ=='),
    ]) {
      expect(() => noteVerifier(broken)).toThrow();
    }
    expect(() => noteSigner(NAME, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)).toThrow();
  });
});

describe('a checkpoint', () => {
  const checkpoint = {
    origin: NAME,
    size: 20_852_163,
    root: Buffer.alloc(32, 7),
    sealedAt: new Date('2026-11-30T12:00:00.000Z'),
  };

  it('is read as it was signed', () => {
    for (const each of [checkpoint, { ...checkpoint, sealedAt: null }]) {
      expect(openCheckpoint(signCheckpoint(each, signers), NAME, trusted)).toEqual(each);
    }
  });

  it('of another log, or of none, is refused', () => {
    expect(() => openCheckpoint(signCheckpoint(checkpoint, signers), 'other.example', trusted)).toThrow(
      /no checkpoint/,
    );
    for (const text of [`${NAME}\n-1\nx\n`, `${NAME}\n01\n${'A'.repeat(43)}=\n`, `${NAME}\n1\nAAAA\n`]) {
      expect(() => openCheckpoint(signNote(text, signers), NAME, trusted)).toThrow(/no checkpoint/);
    }
  });
});
