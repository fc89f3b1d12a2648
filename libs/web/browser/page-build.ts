import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin, UserConfig } from 'vite';

const WORTH_COMPRESSING = /\.(js|css|svg)$/;

/** How a service's web app is built: from its folder `web` into its `dist/web`. */
export function pageBuild(web: URL): UserConfig {
  // Whoever builds it, also out of a test: React and antd look at this, and Vite leaves it as it finds it.
  process.env.NODE_ENV = 'production';
  const outDir = fileURLToPath(new URL('../dist/web/', web));
  return {
    root: fileURLToPath(web),
    plugins: [react(), precompress(outDir)],
    // One copy each, the app's: they keep state of their own.
    resolve: { dedupe: ['react', 'react-dom', 'i18next', 'react-i18next', 'antd'] },
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 1200 },
  };
}

/** Compresses once, at build: browsers that take them are sent `.br` and `.gz`. */
const precompress = (outDir: string): Plugin => ({
  name: 'precompress',
  apply: 'build',
  async closeBundle() {
    const folder = join(outDir, 'assets');
    for (const name of await readdir(folder)) {
      if (!WORTH_COMPRESSING.test(name)) continue;
      const bytes = await readFile(join(folder, name));
      const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
      await Promise.all([
        writeFile(join(folder, `${name}.br`), brotli),
        writeFile(join(folder, `${name}.gz`), gzipSync(bytes)),
      ]);
    }
  },
});
