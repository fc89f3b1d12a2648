import { runProgram } from '@yinglian/testing';
import { SENDING_TIMEOUT_MS, type Sender } from './sender.js';
import { uidOfFile, withSliceFiles } from './slice-files.js';

const SENT_OR_ANSWERED = /Sending file: (.+)|Received Store Response \((.+)\)/g;

/** DCMTK's storescu as it comes; it goes on when an instance is refused. */
export const storescuSender: Sender = (target, slices, acknowledged) =>
  withSliceFiles(target.folder, slices, async (paths) => {
    const seconds = String(SENDING_TIMEOUT_MS / 1000);
    const options = ['-v', '-nh', '-ts', seconds, '-td', seconds, '-ta', seconds, '-aec', target.aeTitle];
    const { output } = await runProgram('storescu', [...options, '127.0.0.1', String(target.dicomPort), ...paths]);
    for (const path of stored(output)) acknowledged(uidOfFile(path));
  });

/** The files whose sending was answered with Success, as `storescu -v` tells. */
export function stored(output: string): string[] {
  const files: string[] = [];
  let sending: string | undefined;
  for (const [, file, status] of output.matchAll(SENT_OR_ANSWERED)) {
    if (file === undefined && status === 'Success' && sending !== undefined) files.push(sending);
    sending = file?.trim();
  }
  return files;
}
