import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/* As vite.config.ts builds the hosts: ESM, dependencies inside. */
const bundle = (entries: Record<string, string>, outDir: string): Promise<unknown> =>
  build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      target: 'node22',
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        input: entries,
        external: ['electron', ...builtinModules, /^node:/],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });

const SCRIPTS = ['collect', 'baseline-fetch', 'baseline-obvious', 'store-ours', 'store-lowdb'];
let built: Promise<string> | undefined;

/** Builds the measured scripts, ours and those we compare with, the way the application is built. Answers the folder, once. */
export const buildScripts = (): Promise<string> => {
  built ??= (async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tidings-bench-build-'));
    await bundle(Object.fromEntries(SCRIPTS.map((name) => [name, here(`./${name}.ts`)])), join(dir, 'main'));
    await bundle({ 'parse-worker': here('../../main/feeds/parse-worker.ts') }, join(dir, 'worker'));
    // Node asks the nearest package.json what kind of module a file is.
    symlinkSync(here('../../package.json'), join(dir, 'package.json'));
    return join(dir, 'main');
  })();
  return built;
};

/** Takes the folder away again. */
export const removeScripts = async (): Promise<void> => {
  if (built) rmSync(dirname(await built), { recursive: true, force: true });
};
