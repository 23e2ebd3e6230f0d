// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type KeyMap, useKeys } from '../../../renderer/ui/keys.ts';

const Keys = ({ map }: { map: KeyMap }) => {
  useKeys(map);
  return <input aria-label="text" />;
};
const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
afterEach(cleanup);

describe('keys', () => {
  it('one key does one thing, and a pair begins with a key of its own', () => {
    const done: string[] = [];
    render(<Keys map={{ t: () => done.push('t'), 'g t': () => done.push('g t'), A: () => done.push('A') }} />);
    press('t');
    press('g');
    press('t');
    press('A', document.body, { shiftKey: true });
    expect(done).toEqual(['t', 'g t', 'A']);
  });
  it('the second key of a pair nobody knows does nothing', () => {
    const done: string[] = [];
    render(<Keys map={{ j: () => done.push('j'), 'g t': () => done.push('g t') }} />);
    press('g');
    press('j');
    expect(done).toEqual([]);
    press('j');
    expect(done).toEqual(['j']);
  });
  it('typing is left alone, and so is everything with Ctrl, Alt or Meta', () => {
    const done: string[] = [];
    const { getByLabelText } = render(<Keys map={{ j: () => done.push('j') }} />);
    press('j', getByLabelText('text'));
    press('j', document.body, { ctrlKey: true });
    press('j', document.body, { metaKey: true });
    expect(done).toEqual([]);
  });
  it('the newest screen wins, and its keys go when it goes', () => {
    const done: string[] = [];
    render(<Keys map={{ r: () => done.push('all') }} />);
    const screen = render(<Keys map={{ r: () => done.push('one') }} />);
    press('r');
    screen.unmount();
    press('r');
    expect(done).toEqual(['one', 'all']);
  });
});
