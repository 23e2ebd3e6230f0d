/* Lets the built main bundle find the fake where it asks for `electron`. Used as `node --import`. */
import { registerHooks } from 'node:module';

const fake = new URL('./electron.ts', import.meta.url).href;

// As Electron tells an application that is run from its folder: the folder is the first word of the command line.
Object.assign(process, { defaultApp: true });

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: fake, shortCircuit: true } : nextResolve(specifier, context),
});
