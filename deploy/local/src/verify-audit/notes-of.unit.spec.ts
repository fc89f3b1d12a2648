import { describe, expect, it } from '@jest/globals';
import { notesOf } from './notes-of.js';

const note = (n: number) => `log\n${n}\nroot\n\n— log a${n}\n— log b${n}\n`;

describe('signed notes one after the other', () => {
  it.each([
    ['nothing', '', []],
    ['one', note(1), [note(1)]],
    ['several, at once', note(1) + note(2) + note(3), [note(1), note(2), note(3)]],
    ['several, with empty lines between', `\n${note(1)}\n\n${note(2)}\n`, [note(1), note(2)]],
    ['text that nobody signed', 'log\n1\n', []],
  ])('are read: %s', (_, text, notes) => {
    expect(notesOf(text)).toEqual(notes);
  });
});
