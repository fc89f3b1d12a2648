import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machineHas, peersPython, runProgram } from '@yinglian/testing';
import { parseHeader } from '../data-set/parse-header.js';
import { patientIdentity } from '../data-set/patient-identity.js';
import { dicomJsonOf } from './dicom-json.js';

const WRITE = fileURLToPath(new URL('./testing/write-unknown-sequences.py', import.meta.url));

(machineHas('pydicom') ? describe : describe.skip)('sequences that pydicom writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yinglian-'));
  beforeAll(async () => {
    const { code, output } = await runProgram(peersPython, [WRITE, folder]);
    if (code !== 0) throw new Error(output);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const headerOf = (name: string) => parseHeader(readFileSync(join(folder, name)));

  it('are in the JSON of their data set', () => {
    expect(dicomJsonOf(headerOf('known'))).toMatchObject({
      '00081032': { vr: 'SQ', Value: [{ '00080100': { vr: 'SH', Value: ['C1'] } }] },
      '00091001': { vr: 'SQ', Value: [{ '00200010': { vr: 'SH', Value: ['9'] } }, { '00080100': {} }] },
      '00104000': { vr: 'LT', Value: ['behind'] },
      '00400275': { vr: 'SQ', Value: [{ '00400008': { vr: 'SQ', Value: [{}, {}] } }, {}] },
    });
  });

  it.each([
    'known, implicit VR, undefined length',
    'unknown',
    'unknown, undefined length',
    'unknown, explicit VR inside',
    'unknown, big endian',
  ])('are there as well, and name the patient, when they are written otherwise: %s', (name) => {
    expect(dicomJsonOf(headerOf(name))).toEqual(dicomJsonOf(headerOf('known')));
    expect(patientIdentity(headerOf(name)).otherIds).toEqual([{ id: '330100', issuer: '公安', typeCode: '' }]);
  });
});
