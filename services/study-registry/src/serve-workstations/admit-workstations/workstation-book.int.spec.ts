import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkstationBook } from './workstation-book.js';

const FINGERPRINT = Array(32).fill('AB').join(':');

describe('the file of workstations', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-book-'));
    file = join(folder, 'workstations.json');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const write = (...workstations: object[]) => writeFile(file, JSON.stringify({ workstations }));
  const one = { aeTitle: 'ONE', hospital: 'H001', certificates: [FINGERPRINT] };

  it.each([
    ['an AE title twice', [one, one]],
    ['a fingerprint that is none', [{ ...one, certificates: ['AB:CD'] }]],
    ['a host without a port', [{ ...one, host: '10.0.0.1' }]],
    ['a TLS listener of which no certificate is known', [{ ...one, certificates: [], host: '10.0.0.1', port: 104 }]],
    ['a field that nobody knows', [{ ...one, plane: true }]],
  ])('is refused at the start with %s', async (_, workstations) => {
    await write(...workstations);
    await expect(new WorkstationBook(file).open()).rejects.toThrow();
  });

  it('is followed, and the last good one stays in force', async () => {
    await write(one);
    const book = new WorkstationBook(file);
    await book.open();
    expect(book.find('ONE')).toMatchObject({
      hospital: 'H001',
      certificates: ['ab'.repeat(32)],
      plain: false,
      tls: true,
    });
    await write({ ...one, aeTitle: 'TWO' });
    const deadline = Date.now() + 10_000;
    while (book.find('TWO') === undefined && Date.now() < deadline) await new Promise((wait) => setTimeout(wait, 50));
    expect([book.find('TWO')?.hospital, book.find('ONE')]).toEqual(['H001', undefined]);
    await writeFile(file, 'nonsense');
    await new Promise((wait) => setTimeout(wait, 2_500));
    expect(book.find('TWO')?.hospital).toBe('H001');
    book.close();
  });

  it('lets nobody in when there is none', async () => {
    const book = new WorkstationBook(undefined);
    await book.open();
    expect(book.find('ONE')).toBeUndefined();
    book.close();
  });
});
