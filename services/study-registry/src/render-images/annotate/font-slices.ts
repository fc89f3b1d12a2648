import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkitten';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/** Noto Sans SC as browsers get it: a hundred files, each with some hundred characters, and a list of which. */
const FONT = '@fontsource-variable/noto-sans-sc';
const SLICES_AT_MOST = 24;
const Ranges = z.record(z.string(), z.string());

const slices = new LRUCache<string, Promise<Font>>({ max: SLICES_AT_MOST });
let listed: Promise<ReadonlyMap<number, string>> | undefined;

/** The file that has a character; undefined for the few that none has. Nothing depends on what fonts the machine has. */
export async function sliceFor(codePoint: number): Promise<Font | undefined> {
  const name = await sliceNameFor(codePoint);
  if (name === undefined) return undefined;
  const known = slices.get(name) ?? readSlice(name);
  slices.set(name, known);
  return known;
}

/** Characters of the same file, one after the other, are read at once. */
export async function sliceNameFor(codePoint: number): Promise<string | undefined> {
  listed ??= readList();
  return (await listed).get(codePoint);
}

const pathOf = (name: string) => fileURLToPath(import.meta.resolve(`${FONT}/${name}`));

async function readSlice(name: string): Promise<Font> {
  const font = create(await readFile(pathOf(`files/noto-sans-sc-${name}-wght-normal.woff2`)));
  if (font.isCollection) throw new TypeError('A slice of the font is a collection');
  return font;
}

/** `{"[4]": "U+1f1e9-1f1f5,U+1f21a"}` by character. Where several slices have one, the first does. */
async function readList(): Promise<ReadonlyMap<number, string>> {
  const text = await readFile(pathOf('unicode.json'), 'utf8');
  const files = new Map<number, string>();
  for (const [slice, ranges] of Object.entries(Ranges.parse(JSON.parse(text)))) {
    for (const range of ranges.split(',')) {
      const [first = Number.NaN, last = first] = range
        .replace('U+', '')
        .split('-')
        .map((hex) => Number.parseInt(hex, 16));
      for (let code = first; code <= last; code += 1) {
        if (!files.has(code)) files.set(code, slice.replace(/[[\]]/g, ''));
      }
    }
  }
  return files;
}
