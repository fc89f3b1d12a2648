import { parseArgs } from 'node:util';
import type { Bench } from './figure.js';
import { allFigures } from './figures/all-figures.js';
import { type RunningOrthanc, startOrthanc } from './peers/orthanc.js';
import { type OpenProvince, openProvince } from './peers/province-under-test.js';
import { reportLine, row, tableHead } from './report.js';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const wanted = options.only?.split(',');
const figures = allFigures.filter(
  ({ name }) => wanted === undefined || name.startsWith('machine.') || wanted.includes(name),
);
const unknown = wanted?.filter((name) => !allFigures.some((figure) => figure.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(
    `There is no figure ${unknown.join(', ')}. There are ${allFigures.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const peers = new Map<boolean, Promise<RunningOrthanc>>();
function orthanc(atItsBest: boolean): Promise<RunningOrthanc> {
  const running = peers.get(atItsBest) ?? startOrthanc({ atItsBest });
  peers.set(atItsBest, running);
  return running;
}
let province: OpenProvince | undefined;
const bench: Bench = {
  get province() {
    if (province === undefined) throw new Error('The figure says that it stands alone');
    return province;
  },
  orthanc: () => orthanc(true),
  stockOrthanc: () => orthanc(false),
};

/** What works beside a figure that stands alone takes its share of a small machine. */
async function stopAll(): Promise<void> {
  for (const peer of peers.values()) await peer.then((running) => running.stop()).catch(() => {});
  peers.clear();
  await province?.close();
  province = undefined;
}

let missed = 0;
try {
  if (!options.json) console.log(tableHead.join('\n'));
  for (const figure of figures) {
    if (figure.standsAlone === true) await stopAll();
    else province ??= await openProvince();
    const line = reportLine(figure, await figure.measure(bench));
    if (!line.ok) missed += 1;
    console.log(options.json ? JSON.stringify(line) : row(line));
  }
} catch (error) {
  missed += 1;
  console.error(error instanceof Error ? error.message : error);
} finally {
  await stopAll();
}
process.exitCode = missed === 0 ? 0 : 1;
