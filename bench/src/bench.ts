import { parseArgs } from 'node:util';
import { allFigures } from './figures/all-figures.js';
import { type RunningOrthanc, startOrthanc } from './peers/orthanc.js';
import { openProvince } from './peers/province-under-test.js';
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

const province = await openProvince();
const peers = new Map<boolean, Promise<RunningOrthanc>>();
function orthanc(atItsBest: boolean): Promise<RunningOrthanc> {
  const running = peers.get(atItsBest) ?? startOrthanc({ atItsBest });
  peers.set(atItsBest, running);
  return running;
}
const bench = { province, orthanc: () => orthanc(true), stockOrthanc: () => orthanc(false) };

let missed = 0;
try {
  if (!options.json) console.log(tableHead.join('\n'));
  for (const figure of figures) {
    const line = reportLine(figure, await figure.measure(bench));
    if (!line.ok) missed += 1;
    console.log(options.json ? JSON.stringify(line) : row(line));
  }
} catch (error) {
  missed += 1;
  console.error(error instanceof Error ? error.message : error);
} finally {
  for (const peer of peers.values()) await peer.then((running) => running.stop()).catch(() => {});
  await province.close();
}
process.exitCode = missed === 0 ? 0 : 1;
