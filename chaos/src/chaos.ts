import { Interruption } from './interruption.js';
import { readOptions, USAGE } from './options.js';
import { runChaos } from './run-chaos.js';

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  console.error(`Usage: ${USAGE}`);
  process.exit(2);
}
// With --json standard output belongs to the result.
const write = (line: string) => (options.json ? console.error(line) : console.log(line));
try {
  const { kills, acknowledged, lost, doubled } = await runChaos(options, write);
  if (options.json) console.log(JSON.stringify({ kills, acknowledged, lost, doubled }));
  // A run in which nothing came in has shown nothing.
  process.exitCode = lost === 0 && doubled === 0 && acknowledged > 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Interruption)) throw error;
  process.exitCode = 130;
}
// Devices may still be waiting for answers.
process.exit();
