import { afterEach, expect } from 'vitest';

/* An error nobody caught makes the test that is running red, also when the promise it belonged to settled long before. */
const uncaught: unknown[] = [];
process.on('uncaughtException', (error) => uncaught.push(error));
process.on('unhandledRejection', (error) => uncaught.push(error));
afterEach(() => {
  expect(uncaught.splice(0)).toEqual([]);
});
