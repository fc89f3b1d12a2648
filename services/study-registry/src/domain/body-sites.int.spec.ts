import { describe, expect, it } from '@jest/globals';
import { machineHas, peersPython, runProgram } from '@yinglian/testing';
import { bodySiteOf, TERMS } from './body-sites.js';

/** Codes of SNOMED CT that DICOM uses, as pydicom has them. */
const CODES = `
import json
from pydicom.sr._concepts_dict import concepts
print(json.dumps({code: meaning for names in concepts['SCT'].values() for code, (meaning, _) in names.items()}))`;

(machineHas('pydicom') ? describe : describe.skip)('body sites', () => {
  it('have the codes and names that DICOM has for them', async () => {
    const { stdout, output } = await runProgram(peersPython, ['-c', CODES]);
    if (stdout === '') throw new Error(output);
    const known: Record<string, string> = JSON.parse(stdout);
    expect(TERMS.length).toBeGreaterThan(50);
    const wrong = TERMS.filter((term) => {
      const site = bodySiteOf(term);
      return site === undefined || known[site.code] !== site.display;
    });
    expect(wrong).toEqual([]);
  });

  it('are found however they are typed', () => {
    expect(bodySiteOf(' chest ')).toEqual({ code: '816094009', display: 'Thorax' });
    expect(bodySiteOf('COIL')).toBeUndefined();
  });
});
