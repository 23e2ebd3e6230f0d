/* Lets the built main bundle find the fake where it asks for `electron`. Used as `node --import`. */
import { registerHooks } from 'node:module';

const fake = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: fake, shortCircuit: true } : nextResolve(specifier, context),
});
