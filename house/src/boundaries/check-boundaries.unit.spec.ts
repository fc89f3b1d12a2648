import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkBoundaries } from './check-boundaries.js';

const repository = new URL('../../../', import.meta.url);

describe('the boundaries of the house', () => {
  it('hold everywhere in this repository', async () => {
    const report = await checkBoundaries(repository, ['libs', 'services', 'deploy']);
    expect(report.violations).toEqual([]);
    expect(report.filesRead).toBeGreaterThan(100);
  });
});

describe('a planted violation', () => {
  let root: string;

  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const violationsOf = async (...folders: string[]) =>
    (await checkBoundaries(pathToFileURL(`${root}/`), folders)).violations;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'yinglian-boundaries-'));
    for (const [folder, name] of [
      ['services', 'directory'],
      ['services', 'gateway'],
      ['libs', 'contracts'],
      ['libs', 'objects'],
    ]) {
      plant(
        `${folder}/${name}/package.json`,
        JSON.stringify({ name: `@yinglian/${name}`, type: 'module', exports: { '.': './src/index.ts' } }),
      );
      plant(`${folder}/${name}/src/index.ts`, 'export const here = 1;\n');
      mkdirSync(join(root, 'node_modules/@yinglian'), { recursive: true });
      symlinkSync(join(root, `${folder}/${name}`), join(root, `node_modules/@yinglian/${name}`));
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is nowhere when services import what they may', async () => {
    plant('services/directory/src/main.ts', "import { here } from '@yinglian/contracts';\nconsole.log(here);\n");
    expect(await violationsOf('libs', 'services')).toEqual([]);
  });

  it('is refused when a service imports a service', async () => {
    plant('services/directory/src/main.ts', "import { here } from '@yinglian/gateway';\nconsole.log(here);\n");
    expect(await violationsOf('libs', 'services')).toEqual([
      {
        rule: 'services/directory-imports-only-its-neighbours',
        from: 'services/directory/src/main.ts',
        to: 'services/gateway/src/index.ts',
      },
    ]);
  });

  it('is refused when a service imports a library that is not its neighbour', async () => {
    plant('services/directory/src/main.ts', "import { here } from '@yinglian/objects';\nconsole.log(here);\n");
    expect(await violationsOf('libs', 'services')).toHaveLength(1);
  });

  it('is refused when a file reaches past the public face of a library', async () => {
    plant('libs/contracts/src/inner.ts', 'export const inner = 1;\n');
    plant(
      'services/directory/src/main.ts',
      "import { inner } from '../../../libs/contracts/src/inner.js';\nconsole.log(inner);\n",
    );
    expect(await violationsOf('libs', 'services')).toHaveLength(1);
  });

  it('is refused when anybody but the messaging library imports kafkajs', async () => {
    plant('node_modules/kafkajs/package.json', JSON.stringify({ name: 'kafkajs', main: 'index.js' }));
    plant('node_modules/kafkajs/index.js', 'module.exports = {};\n');
    plant('services/directory/src/main.ts', "import kafkajs from 'kafkajs';\nconsole.log(kafkajs);\n");
    expect(await violationsOf('libs', 'services')).toEqual([
      {
        rule: 'only-libs-messaging-imports-kafkajs',
        from: 'services/directory/src/main.ts',
        to: 'node_modules/kafkajs/index.js',
      },
    ]);
  });
});
