import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A source file whose exports are part of what users of Yinglian read about. */
export interface PublicModule {
  /** Package folder, for instance `services/gateway`. */
  readonly owner: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/**
 * Loads every `*.<suffix>.ts` of the repository (as built, or as source where the loader understands TypeScript).
 * @param compiled read `dist/**.js` instead of `src/**.ts`
 */
export async function publicModules(
  root: URL,
  suffix: 'config' | 'errors',
  compiled: boolean,
): Promise<PublicModule[]> {
  const pattern = compiled ? `{libs,services}/*/dist/**/*.${suffix}.js` : `{libs,services}/*/src/**/*.${suffix}.ts`;
  const cwd = fileURLToPath(root);
  const files = globSync(pattern, { cwd, exclude: (name) => name === 'node_modules' }).sort();
  return Promise.all(
    files.map(async (file) => ({
      owner: file.split('/').slice(0, 2).join('/'),
      exports: (await import(pathToFileURL(`${cwd}/${file}`).href)) as Record<string, unknown>,
    })),
  );
}
