import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { Boundaries, boundaryRules } from './boundary-rules.js';

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface BoundaryReport {
  readonly filesRead: number;
  readonly violations: readonly Violation[];
}

const boundariesFile = new URL('./boundaries.json', import.meta.url);

/** Reads every import below `root` (the repository, or a tree of the same shape) and returns those nobody allowed. */
export async function checkBoundaries(root: URL, folders: readonly string[]): Promise<BoundaryReport> {
  const boundaries = Boundaries.parse(JSON.parse(readFileSync(boundariesFile, 'utf8')));
  const { output } = await cruise([...folders], {
    baseDir: fileURLToPath(root),
    parser: 'swc',
    validate: true,
    ruleSet: { forbidden: boundaryRules(boundaries) },
    exclude: { path: '(^|/)(dist|migrations)/|^services/[^/]+/web/|^libs/web/browser/' },
    doNotFollow: { path: 'node_modules/(?!@yinglian)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@yinglian/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered in text, not in data');
  return {
    filesRead: output.summary.totalCruised,
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
