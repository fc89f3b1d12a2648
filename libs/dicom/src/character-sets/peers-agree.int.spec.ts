import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { machineHas, peersPython, realFiles, runProgram } from '@yinglian/testing';
import fc from 'fast-check';
import { parseHeader } from '../data-set/parse-header.js';
import { textOf } from '../data-set/text-values.js';
import { textDecoderFor } from './text-decoder.js';

const PEER = fileURLToPath(new URL('./testing/read-with-pydicom.py', import.meta.url));
const describeHere = machineHas('pydicom') ? describe : describe.skip;

interface Answer {
  readonly encoded: readonly string[];
  readonly names: readonly (string | null)[];
}

async function ask(question: { encode: readonly object[]; files: readonly string[] }): Promise<Answer> {
  const { code, stdout, output } = await runProgram(peersPython, [PEER], JSON.stringify(question));
  if (code !== 0) throw new Error(output);
  return JSON.parse(stdout) as Answer;
}

/** Letters that each set has, and in which order of terms. */
const SETS: readonly (readonly [terms: readonly string[], letters: string])[] = [
  [['GB18030'], '一-龥𠀀-𠃿·'],
  [['GBK'], '一-龥'],
  [['ISO_IR 192'], '一-龥𠀀-𠃿À-ž'],
  [['', 'ISO 2022 IR 58'], '丁七万丈三上下不与专世业东丝两严丧个中丰临为主丽举乃久么义之乌乐乔九也习乡书买乱'],
  [['', 'ISO 2022 IR 149'], '가각간감강고구김나다라마박수이정최한홍'],
  [['', 'ISO 2022 IR 87'], 'ぁ-ん山川田太郎'],
  [['ISO 2022 IR 13', 'ISO 2022 IR 87'], 'ｱ-ﾝ山川田太郎'],
  [['ISO_IR 100'], 'À-ÖØ-öø-ÿ'],
  [['ISO_IR 101'], 'ĄŁĽŚŠŞŤŹ'],
  [['ISO_IR 144'], 'А-я'],
  [['ISO_IR 126'], 'Α-Ρα-ω'],
  [['ISO_IR 138'], 'א-ת'],
  [['ISO_IR 127'], 'ء-غ'],
  [['ISO_IR 166'], 'ก-ฮ'],
  [['ISO 2022 IR 100', 'ISO 2022 IR 144'], 'À-ÖА-я'],
];

describeHere('beside pydicom', () => {
  it('reads back what pydicom has encoded in each set', async () => {
    const encode = SETS.flatMap(([terms, letters]) => {
      const component = fc.stringMatching(new RegExp(`^[A-Za-z]{0,2}[${letters}]{1,4}$`, 'u'));
      const name = fc.array(component, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('^'));
      return fc.sample(name, { numRuns: 60, seed: 20261125 }).map((text) => ({ terms, text }));
    });
    const { encoded } = await ask({ encode, files: [] });
    const read = encoded.map((base64, at) => {
      const bytes = Buffer.from(base64, 'base64');
      return { terms: encode[at]?.terms, text: textDecoderFor(encode[at]?.terms.join('\\') ?? '')(bytes, 'PN').text };
    });
    expect(read.length).toBeGreaterThan(800);
    // Latin-1 that Chinese would be as well is left to what guessing is measured by.
    const isComparable = ({ terms }: { terms: readonly string[] }) => terms[0] !== 'ISO_IR 100';
    expect(read.filter((_, at) => isComparable(encode[at] ?? { terms: [] }))).toEqual(encode.filter(isComparable));
  });

  it('reads the names in pydicom’s files of many character sets as pydicom does', async () => {
    const files = realFiles().filter(({ name }) => /charset_files/.test(name));
    expect(files.length).toBeGreaterThan(15);
    const { names } = await ask({ encode: [], files: files.map(({ path }) => path) });
    const ours = files.map(({ bytes }) => {
      const { dataSet, decodeText } = parseHeader(bytes);
      return dataSet.elements.x00100010 === undefined
        ? null
        : textOf(dataSet, '00100010', decodeText).text.replace(/=+$/, '');
    });
    expect(files.map(({ name }, at) => [name, ours[at]])).toEqual(files.map(({ name }, at) => [name, names[at]]));
  });
});
