import { pageBuild } from '@yinglian/web/build';
import { defineConfig } from 'vite';

export default defineConfig(pageBuild(new URL('.', import.meta.url)));
