import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const KAFKA_VERSION = '4.3.1';

/** In the repository's own cache, so that every test and installation from this checkout shares one copy. */
export const defaultCacheFolder = fileURLToPath(
  new URL(`../../../../node_modules/.cache/yinglian/kafka-${KAFKA_VERSION}/`, import.meta.url),
);

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>yinglian</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Whether this machine can run a broker: Java, and Maven unless the broker has been fetched before. */
export async function kafkaAvailable(cacheFolder = defaultCacheFolder): Promise<boolean> {
  return (await runs('java', ['-version'])) && (existsSync(cacheFolder) || (await runs('mvn', ['--version'])));
}

/** The folder with the broker's jars; Maven fetches them the first time. Throws when Java or Maven is missing. */
export async function kafkaJars(cacheFolder = defaultCacheFolder): Promise<string> {
  if (!(await runs('java', ['-version']))) throw new Error('Kafka needs Java 17 or newer: `java` is not on the PATH');
  if (existsSync(cacheFolder)) return cacheFolder;
  if (!(await runs('mvn', ['--version']))) {
    throw new Error('Kafka is fetched with Maven the first time: `mvn` is not on the PATH');
  }
  const work = await mkdtemp(join(tmpdir(), 'yinglian-kafka-jars-'));
  // Beside its final place, so that the folder appears there whole, by one rename, or not at all.
  const fetched = `${cacheFolder.replace(/\/$/, '')}.${process.pid}.part`;
  try {
    await mkdir(dirname(fetched), { recursive: true });
    await writeFile(join(work, 'pom.xml'), pom);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${fetched}`, '-DincludeScope=runtime'];
    await run('mvn', ['--batch-mode', '--quiet', '--file', join(work, 'pom.xml'), ...goal]);
    await rename(fetched, cacheFolder).catch((error: unknown) => {
      // Another process was faster.
      if (!existsSync(cacheFolder)) throw error;
    });
    return cacheFolder;
  } catch (error) {
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout).trim().split('\n')[0] : undefined;
    throw new Error(`Maven cannot fetch Kafka ${KAFKA_VERSION}: ${said || error}`, { cause: error });
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(fetched, { recursive: true, force: true });
  }
}

async function runs(executable: string, args: string[]): Promise<boolean> {
  try {
    await run(executable, args, { env: process.env });
    return true;
  } catch {
    return false;
  }
}
