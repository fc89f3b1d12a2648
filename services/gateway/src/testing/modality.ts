import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { part10, peerScript, peersPython, runProgram, smallInstance } from '@yinglian/testing';

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
export const newUid = () => `1.2.826.0.1.3680043.10.1561.20.${randomInt(2 ** 47)}`;

type Elements = Record<string, { vr: string; Value?: unknown[] }>;
export type ModalityAction =
  | { readonly create: string | null; readonly elements: Elements }
  | { readonly set: string; readonly elements: Elements }
  | { readonly store: string };

export interface StepTexts {
  readonly status?: string;
  readonly studyInstanceUid?: string;
  readonly accessionNumber?: string;
  readonly requestedProcedureId?: string;
  readonly patientId?: string;
}

const text = (vr: string, value: string | undefined) => (value === undefined ? { vr } : { vr, Value: [value] });

/** What N-CREATE says of a step that performs one order. */
export const stepBegins = (of: StepTexts): Elements => ({
  '00080060': text('CS', 'CT'),
  '00100020': text('LO', of.patientId ?? 'ZY1'),
  '00400241': text('AE', 'PYNETDICOM'),
  ...(of.status === undefined ? {} : { '00400252': text('CS', of.status) }),
  '00400253': text('SH', 'PPS1'),
  '00400270': {
    vr: 'SQ',
    Value: [
      {
        '00080050': text('SH', of.accessionNumber),
        '0020000D': text('UI', of.studyInstanceUid ?? newUid()),
        '00401001': text('SH', of.requestedProcedureId),
      },
    ],
  },
  '00400340': { vr: 'SQ' },
});

/** What the last N-SET says: the status, and the instances that were made. */
export const stepEnds = (instances: readonly string[], status = 'COMPLETED'): Elements => ({
  '00400252': text('CS', status),
  '00400340': {
    vr: 'SQ',
    Value: [
      {
        '0020000E': text('UI', newUid()),
        '00081140': {
          vr: 'SQ',
          Value: instances.map((uid) => ({
            '00081150': text('UI', CT_IMAGE_STORAGE),
            '00081155': text('UI', uid),
          })),
        },
      },
    ],
  },
});

export interface ModalityAnswer {
  readonly status: number;
}

/** A modality with pynetdicom: makes small images, stores them and reports its steps, over the gateway's real port. */
export class Modality {
  private constructor(private readonly folder: string) {}

  static async start(): Promise<Modality> {
    return new Modality(await mkdtemp(join(tmpdir(), 'yinglian-modality-')));
  }

  /** A file of a study; `overrides` by tag. */
  async image(
    studyInstanceUid: string,
    sopInstanceUid: string,
    overrides: Readonly<Record<number, string>> = {},
  ): Promise<string> {
    const all = { 2097165: studyInstanceUid, 524384: 'CT', 1048608: 'ZY1', ...overrides };
    const { dataSet } = smallInstance({ sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid, overrides: all });
    const path = join(this.folder, `${sopInstanceUid}.dcm`);
    await writeFile(path, part10(CT_IMAGE_STORAGE, sopInstanceUid, dataSet));
    return path;
  }

  /** All on one association, in turn. */
  async perform(port: number, actions: readonly ModalityAction[]): Promise<ModalityAnswer[]> {
    const { stdout, output } = await runProgram(
      peersPython,
      [peerScript('pynetdicom-mpps.py'), String(port), 'H001GW', 'PYNETDICOM'],
      actions.map((action) => JSON.stringify(action)).join('\n'),
    );
    const lines = stdout.trim().split('\n');
    if (lines.length !== actions.length) throw new Error(output);
    return lines.map((line) => JSON.parse(line) as ModalityAnswer);
  }

  async stop(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
