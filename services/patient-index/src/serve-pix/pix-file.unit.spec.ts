import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PixFile } from './pix-file.js';

const partner = { client: 'his', hospital: 'H001', application: 'HIS', facility: 'ONE' };
const settings = {
  province: { namespace: 'YL' },
  domains: [],
  partners: [partner, { ...partner, client: 'eai', application: 'EAI', certificate: 'eai.one' }],
};

describe('the file of PIX_FILE', () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-pix-'));
    path = join(folder, 'pix.json');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each<[string, string, boolean, string[], string | undefined]>([
    ['a partner without a certificate, plain', 'HIS', false, [], 'his'],
    ['not over TLS, where anybody certified could take its name', 'HIS', true, [], undefined],
    ['a partner by one of the names of its certificate', 'EAI', true, ['other', 'eai.one'], 'eai'],
    ['not by another certificate', 'EAI', true, ['his.two'], undefined],
    ['not plain', 'EAI', false, ['eai.one'], undefined],
    ['nobody else', 'PACS', false, [], undefined],
  ])('finds %s', async (_, application, isSecure, certificateNames, client) => {
    await writeFile(path, JSON.stringify(settings));
    const file = await PixFile.open(path);
    expect(file.find(application, 'ONE', { isSecure, certificateNames })?.client).toBe(client);
    expect(file.find(application, 'TWO', { isSecure, certificateNames })).toBeUndefined();
  });

  it('is said to be wrong by its path and the wrong place', async () => {
    await writeFile(path, JSON.stringify({ ...settings, partners: [{ ...partner, hospital: 'h1' }] }));
    await expect(PixFile.open(path)).rejects.toThrow(/pix\.json is wrong: partners\.0\.hospital/);
    await writeFile(path, '{');
    await expect(PixFile.open(path)).rejects.toThrow(/pix\.json is wrong/);
    await expect(PixFile.open(join(folder, 'none.json'))).rejects.toThrow('ENOENT');
  });
});
