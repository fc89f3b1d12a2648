import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const OUT = fileURLToPath(new URL('../dist/web/', import.meta.url));
const WORTH_COMPRESSING = /\.(js|css|svg)$/;

/** Compresses once, at build: the edge sends `.br` and `.gz` to browsers that take them. */
const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  async closeBundle() {
    const folder = join(OUT, 'assets');
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
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), precompress],
  build: { outDir: OUT, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 1200 },
});
