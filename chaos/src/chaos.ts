import { readOptions, USAGE } from './options.js';
import { runChaos } from './run-chaos.js';

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  console.error(`Usage: ${USAGE}`);
  process.exit(2);
}
// With --json standard output belongs to the result.
const write = (line: string) => (options.json ? console.error(line) : console.log(line));
const result = await runChaos(options, write);
const { kills, acknowledged, lost, doubled } = result;
if (options.json) console.log(JSON.stringify({ kills, acknowledged, lost, doubled }));
process.exitCode = lost === 0 && doubled === 0 ? 0 : 1;
// The channel to bootstrap would keep a finished command waiting.
if (process.connected) process.disconnect();
