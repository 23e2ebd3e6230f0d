// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Palette } from '../../../../renderer/shell/palette/palette.tsx';
import { showScreen } from '../screen-kit.tsx';

test('the palette is gone as soon as something was chosen, and what its dialog tells later takes no other palette away', async () => {
  const onClose = vi.fn();
  await showScreen(() => <Palette onClose={onClose} />, '#/posts/all');
  const field = screen.getByRole('combobox');
  fireEvent.change(field, { target: { value: 'tide' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onClose).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(location.hash).not.toBe('#/posts/all'));
  fireEvent(screen.getByRole('dialog', { hidden: true }), new Event('close'));
  expect(onClose).toHaveBeenCalledTimes(1);
});
