import { spawn } from 'node:child_process';

export interface ProgramOutcome {
  readonly code: number | null;
  /** What it printed, on either stream. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a program to its end, whatever that is. */
export async function runProgram(name: string, args: readonly string[], input = ''): Promise<ProgramOutcome> {
  const child = spawn(name, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output, stdout };
}
