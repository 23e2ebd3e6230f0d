import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

/*
 * Four small builds in one file, chosen by `--mode`: the page, the two hosts, the parse worker, the preload.
 * The hosts and the worker are ESM with their dependencies bundled; a sandboxed preload must be one CommonJS file.
 */
const node = (entries: Record<string, string>, outDir: string, format: 'es' | 'cjs'): UserConfig => ({
  publicDir: false,
  // Of the library that lays mails out only its smaller, faster half is taken.
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    target: 'node22',
    outDir,
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: entries,
      external: ['electron', ...builtinModules, /^node:/],
      output: {
        format,
        entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
});

const builds: Record<string, UserConfig> = {
  renderer: {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: '../dist/renderer',
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
  main: node({ electron: 'main/desktop.ts', tidings: 'main/headless/main.ts' }, 'dist/main', 'es'),
  worker: node({ 'parse-worker': 'main/feeds/parse-worker.ts' }, 'dist/worker', 'es'),
  preload: node({ preload: 'preload/index.ts' }, 'dist/preload', 'cjs'),
};

export default defineConfig(({ mode }) => builds[mode] ?? builds.renderer ?? {});
