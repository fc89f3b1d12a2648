import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Java program as Maven Central has it. */
export interface JavaProgram {
  /** As people know it, for instance `Kafka`. */
  readonly name: string;
  readonly version: string;
  /** group:artifact:version, each */
  readonly artifacts: readonly string[];
}

/** In the repository's own cache, so that every test and installation from this checkout shares one copy. */
export const jarsFolderOf = ({ name, version }: JavaProgram): string =>
  fileURLToPath(new URL(`../../../../node_modules/.cache/yinglian/${name.toLowerCase()}-${version}/`, import.meta.url));

/** Whether this machine can run it: Java, and Maven unless it has been fetched before. */
export async function jarsAvailable(cacheFolder: string): Promise<boolean> {
  return (await runs('java', ['-version'])) && (existsSync(cacheFolder) || (await runs('mvn', ['--version'])));
}

/** The folder with the program's jars; Maven fetches them the first time. Throws when Java or Maven is missing. */
export async function mavenJars(program: JavaProgram, cacheFolder = jarsFolderOf(program)): Promise<string> {
  const { name, version } = program;
  if (!(await runs('java', ['-version'])))
    throw new Error(`${name} needs Java 17 or newer: \`java\` is not on the PATH`);
  if (existsSync(cacheFolder)) return cacheFolder;
  if (!(await runs('mvn', ['--version']))) {
    throw new Error(`${name} is fetched with Maven the first time: \`mvn\` is not on the PATH`);
  }
  const work = await mkdtemp(join(tmpdir(), 'yinglian-jars-'));
  // Beside its final place, so that the folder appears there whole, by one rename, or not at all.
  const fetched = `${cacheFolder.replace(/\/$/, '')}.${process.pid}.part`;
  try {
    await mkdir(dirname(fetched), { recursive: true });
    await writeFile(join(work, 'pom.xml'), pomOf(program));
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${fetched}`, '-DincludeScope=runtime'];
    await run('mvn', ['--batch-mode', '--quiet', '--file', join(work, 'pom.xml'), ...goal]);
    await rename(fetched, cacheFolder).catch((error: unknown) => {
      // Another process was faster.
      if (!existsSync(cacheFolder)) throw error;
    });
    return cacheFolder;
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout).trim().split('\n')[0] : undefined;
    throw new Error(`Maven cannot fetch ${name} ${version}: ${said || error}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(fetched, { recursive: true, force: true });
  }
}

const pomOf = ({ artifacts }: JavaProgram): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>yinglian</groupId>
  <artifactId>jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${artifacts.map(dependencyOf).join('\n')}
  </dependencies>
</project>
`;

function dependencyOf(artifact: string): string {
  const [group, name, version] = artifact.split(':');
  return `    <dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`;
}

async function runs(executable: string, args: string[]): Promise<boolean> {
  try {
    await run(executable, args, { env: process.env });
    return true;
  } catch {
    return false;
  }
}
