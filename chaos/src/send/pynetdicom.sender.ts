import { peerScript, peersPython, runProgram } from '@yinglian/testing';
import { z } from 'zod';
import type { Sender } from './sender.js';
import { uidOfFile, withSliceFiles } from './slice-files.js';

const Outcome = z.object({ path: z.string(), status: z.literal(0x0000) });

export const pynetdicomSender: Sender = (target, slices, acknowledged) =>
  withSliceFiles(slices, async (paths) => {
    const script = peerScript('pynetdicom-store.py');
    const { stdout } = await runProgram(
      peersPython,
      [script, String(target.dicomPort), target.aeTitle, 'PYNETDICOM'],
      paths.join('\n'),
    );
    for (const line of stdout.split('\n').filter((each) => each.startsWith('{'))) {
      const outcome = Outcome.safeParse(JSON.parse(line));
      if (outcome.success) acknowledged(uidOfFile(outcome.data.path));
    }
  });
