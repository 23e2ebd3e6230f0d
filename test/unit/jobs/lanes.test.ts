import { describe, expect, test } from 'vitest';
import { takeTurns, workInLanes } from '../../../main/jobs/lanes.ts';

/** Work that ends when it is told to, and the order in which it began. */
const manualWork = () => {
  const begun: string[] = [];
  const enders = new Map<string, (error?: Error) => void>();
  return {
    begun,
    end: async (name: string, error?: Error) => {
      enders.get(name)?.(error);
      await new Promise(setImmediate);
    },
    work: (name: string) =>
      new Promise<void>((resolve, reject) => {
        begun.push(name);
        enders.set(name, (error) => (error ? reject(error) : resolve()));
      }),
  };
};

describe('working in lanes', () => {
  test('keeps the order and the bound', async () => {
    const { begun, end, work } = manualWork();
    const all = workInLanes(['a', 'b', 'c'], { all: 2, suspects: 1 }, () => false, work);
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    await all;
  });

  test('suspects leave the other lanes to the healthy', async () => {
    const { begun, end, work } = manualWork();
    const all = workInLanes(['x1', 'x2', 'a', 'b'], { all: 3, suspects: 1 }, (name) => name.startsWith('x'), work);
    expect(begun).toEqual(['x1', 'a', 'b']);
    await end('a');
    expect(begun).toHaveLength(3);
    await end('x1');
    expect(begun).toEqual(['x1', 'a', 'b', 'x2']);
    for (const name of ['b', 'x2']) await end(name);
    await all;
  });

  test('a rejection starts nothing more and is told when the rest has ended', async () => {
    const { begun, end, work } = manualWork();
    const all = workInLanes(['a', 'b', 'c'], { all: 2, suspects: 1 }, () => false, work);
    const told = expect(all).rejects.toThrow('the disk is full');
    await end('a', new Error('the disk is full'));
    await end('b');
    await told;
    expect(begun).toEqual(['a', 'b']);
  });

  test('an empty list is done at once', async () => {
    await workInLanes(
      [],
      { all: 1, suspects: 1 },
      () => false,
      async () => {},
    );
  });
});

test('hosts take turns, and each keeps its order', () => {
  expect(takeTurns(['a1', 'a2', 'a3', 'b1', 'c1', 'b2'], (name) => name.charAt(0))).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
});
