import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JavaProgram, jarsFolderOf, mavenJars } from '@yinglian/servers';
import { runProgram } from './run-program.js';

const HAPI = '8.4.0';

/** HAPI's build of the official FHIR validator with the definitions of R4, and a compiler, which a JRE has not. */
const VALIDATOR: JavaProgram = {
  name: 'FHIR-validator',
  version: HAPI,
  artifacts: [
    `ca.uhn.hapi.fhir:hapi-fhir-validation:${HAPI}`,
    `ca.uhn.hapi.fhir:hapi-fhir-structures-r4:${HAPI}`,
    `ca.uhn.hapi.fhir:hapi-fhir-validation-resources-r4:${HAPI}`,
    `ca.uhn.hapi.fhir:hapi-fhir-caching-caffeine:${HAPI}`,
    'org.eclipse.jdt:ecj:3.33.0',
  ],
};

/** It ends before what the second compiler and a parallel collector would do for it is worth their time. */
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** What the validator found, and where. */
export interface ValidationIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly at: string;
  readonly says: string;
}

/** The official validator of FHIR R4. `machineHas('java')` says whether it can run here. */
export class FhirValidator {
  private constructor(private readonly classPath: string) {}

  /** Fetched with Maven the first time. */
  static async prepare(): Promise<FhirValidator> {
    const jars = await mavenJars(VALIDATOR);
    const classes = join(jarsFolderOf(VALIDATOR), 'classes');
    if (!existsSync(classes)) await compile(jars, classes);
    return new FhirValidator([classes, join(jars, '*')].join(':'));
  }

  /** The issues of each resource, in their order. Throws when the validator fails. */
  async validate(resources: readonly unknown[]): Promise<ValidationIssue[][]> {
    const input = resources.map((resource) => `${JSON.stringify(resource)}\n`).join('');
    const java = [...SHORT_LIVED, '-cp', this.classPath, 'ValidateResources'];
    const { code, stdout, output } = await runProgram('java', java, input);
    const outcomes = stdout.split('\n').filter((line) => line !== '');
    if (code !== 0 || outcomes.length !== resources.length)
      throw new Error(`The FHIR validator failed: ${output.slice(-2_000)}`);
    return outcomes.map(issuesOf);
  }
}

async function compile(jars: string, classes: string): Promise<void> {
  const source = fileURLToPath(new URL('./ValidateResources.java', import.meta.url));
  const made = `${classes}.${process.pid}.part`;
  try {
    const classPath = (await readdir(jars)).filter((name) => name.endsWith('.jar')).map((name) => join(jars, name));
    const compiler = ['-cp', join(jars, '*'), 'org.eclipse.jdt.internal.compiler.batch.Main'];
    const what = ['--release', '17', '-proc:none', '-d', made, '-cp', classPath.join(':'), source];
    const { code, output } = await runProgram('java', [...compiler, ...what]);
    if (code !== 0) throw new Error(`The FHIR validator cannot be compiled: ${output}`);
    await rename(made, classes).catch((error: unknown) => {
      // Another process was faster.
      if (!existsSync(classes)) throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

interface Outcome {
  readonly issue: readonly {
    readonly severity: ValidationIssue['severity'];
    readonly diagnostics?: string;
    readonly location?: readonly string[];
  }[];
}

const issuesOf = (line: string): ValidationIssue[] =>
  (JSON.parse(line) as Outcome).issue
    .map(({ severity, diagnostics = '', location = [] }) => ({ severity, at: location[0] ?? '', says: diagnostics }))
    .filter(({ says }) => !says.startsWith('No issues detected'));
