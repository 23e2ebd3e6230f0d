// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ScreenBoundary } from '../../../renderer/shell/screen-boundary.tsx';

let isBroken = true;
const Fragile = () => {
  if (isBroken) throw new Error('cannot draw');
  return <p>drawn</p>;
};
const window = (place: string) => (
  <>
    <nav>elsewhere</nav>
    <ScreenBoundary place={place}>
      <Fragile />
    </ScreenBoundary>
  </>
);
beforeEach(() => {
  isBroken = true;
  // React tells the console about every error it hands to a boundary.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('a screen that throws while it is drawn leaves the rest of the window, says so and tries again when asked', () => {
  render(window('posts'));
  expect(screen.getByText('elsewhere')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('Nothing is lost');
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('drawn')).toBeTruthy();
});

test('going to another screen leaves the broken one behind', () => {
  const { rerender } = render(window('posts'));
  isBroken = false;
  rerender(window('posts'));
  expect(screen.queryByText('drawn')).toBeNull();
  rerender(window('stats'));
  expect(screen.getByText('drawn')).toBeTruthy();
});
