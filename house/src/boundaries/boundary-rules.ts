import type { IForbiddenRuleType } from 'dependency-cruiser';
import { z } from 'zod';

const Allowed = z.record(z.string(), z.array(z.string()));

/** The one data file that says who may import whom: boundaries.json. */
export const Boundaries = z.object({
  libs: Allowed,
  services: Allowed,
  deploy: Allowed,
  onlyIn: z.record(z.string(), z.string()).describe('A package, and the only folder that may import it'),
});
export type Boundaries = z.infer<typeof Boundaries>;

/** Specs may also use real servers and another library's `./testing`. */
const SPECS = '\\.spec\\.tsx?$|/testing/|\\.contract\\.ts$';

/** Turns the data file into rules for dependency-cruiser. Every workspace package has its own list; nothing else is allowed. */
export function boundaryRules(boundaries: Boundaries): IForbiddenRuleType[] {
  return [
    ...(['libs', 'services', 'deploy'] as const).flatMap((folder) =>
      Object.entries(boundaries[folder]).map(([name, allowed]) =>
        packageRule(boundaries, `${folder}/${name}`, allowed),
      ),
    ),
    ...Object.entries(boundaries.onlyIn).map(([dependency, folder]) => onlyInRule(dependency, folder)),
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that import each other are one file, or three.',
      from: { pathNot: SPECS },
      to: { circular: true },
    },
  ];
}

function packageRule(boundaries: Boundaries, folder: string, allowed: readonly string[]): IForbiddenRuleType {
  const homes = allowed.map((name) => `^${homeOf(boundaries, name)}/src/(index|testing/index)\\.ts$`);
  return {
    name: `${folder}-imports-only-its-neighbours`,
    severity: 'error',
    comment: `${folder} may import ${allowed.join(', ') || 'no package of the house'}, by their public face only.`,
    from: { path: `^${folder}/`, pathNot: SPECS },
    to: { path: '^(libs|services|deploy|house|e2e|bench|chaos)/', pathNot: [`^${folder}/`, ...homes] },
  };
}

function onlyInRule(dependency: string, folder: string): IForbiddenRuleType {
  return {
    name: `only-${folder.replace('/', '-')}-imports-${dependency}`,
    severity: 'error',
    from: { pathNot: `^${folder}/` },
    to: { path: `node_modules/${dependency.replace('/', '\\/')}/` },
  };
}

function homeOf(boundaries: Boundaries, name: string): string {
  const folder = (['libs', 'deploy'] as const).find((candidate) => name in boundaries[candidate]);
  if (folder === undefined) throw new Error(`boundaries.json allows an import of ${name}, which is no library`);
  return `${folder}/${name}`;
}
