import { peerScript, peersPython, runProgram } from '@yinglian/testing';
import { z } from 'zod';
import type { Sender } from './sender.js';
import { uidOfFile, withSliceFiles } from './slice-files.js';

const Outcome = z.object({ path: z.string(), status: z.literal(0x0000) });

const MAXIMUM_PDU_BYTES = '16382';
/** It does not see that a connection has broken while it waits; by itself it waits for half a minute. */
const TIMEOUT_S = '8';

export const pynetdicomSender: Sender = (target, slices, acknowledged) =>
  withSliceFiles(target.folder, slices, async (paths) => {
    const address = [String(target.dicomPort), target.aeTitle, 'PYNETDICOM'];
    const { stdout } = await runProgram(
      peersPython,
      [peerScript('pynetdicom-store.py'), ...address, MAXIMUM_PDU_BYTES, TIMEOUT_S],
      paths.join('\n'),
    );
    for (const line of stdout.split('\n').filter((each) => each.startsWith('{'))) {
      const outcome = Outcome.safeParse(JSON.parse(line));
      if (outcome.success) acknowledged(uidOfFile(outcome.data.path));
    }
  });
