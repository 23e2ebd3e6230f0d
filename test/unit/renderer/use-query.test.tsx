// @vitest-environment happy-dom
import { act, cleanup, render, renderHook, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Announcement, Reply } from '../../../preload/contract/contract.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { ClientProvider } from '../../../renderer/client/client-context.tsx';
import type { Connection, ConnectionState } from '../../../renderer/client/connection.ts';
import { useAction } from '../../../renderer/client/use-action.ts';
import { useQuery } from '../../../renderer/client/use-query.ts';

type Asked = { method: string; params: unknown; answer: (reply: Reply) => void; fail: () => void };
const handConnection = () => {
  const asked: Asked[] = [];
  const listeners = new Set<(announcement: Announcement) => void>();
  const stateListeners = new Set<() => void>();
  let state: ConnectionState = 'connected';
  const connection: Connection = {
    request: (method, params) =>
      new Promise((resolve, reject) => asked.push({ method, params, answer: resolve, fail: () => reject(new Error('lost')) })),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => state,
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
  };
  return {
    asked,
    listeners,
    connection,
    announce: (announcement: Announcement) => {
      for (const listener of listeners) listener(announcement);
    },
    become: (next: ConnectionState) => {
      state = next;
      for (const listener of stateListeners) listener();
    },
  };
};
const around = (connection: Connection) => {
  const client = createClient(connection);
  return ({ children }: { children: ReactNode }) => <ClientProvider client={client}>{children}</ClientProvider>;
};
const removal = (posts: number): Reply => ({ ok: true, result: { posts, starred: 0, fetchJobs: 0 } });
afterEach(cleanup);

describe('useQuery', () => {
  it('asks, and gives what came back', async () => {
    const hand = handConnection();
    const { result } = renderHook(() => useQuery('sources.removal', { id: 'a' }), { wrapper: around(hand.connection) });
    expect(result.current.isLoading).toBe(true);
    expect(hand.asked[0]).toMatchObject({ method: 'sources.removal', params: { id: 'a' } });
    await act(async () => hand.asked[0]?.answer(removal(3)));
    expect(result.current).toMatchObject({ data: { posts: 3 }, error: undefined, isLoading: false });
  });
  it('asks again at a named event and keeps the old answer meanwhile', async () => {
    const hand = handConnection();
    const { result } = renderHook(() => useQuery('sources.removal', { id: 'a' }, ['posts.changed']), {
      wrapper: around(hand.connection),
    });
    await act(async () => hand.asked[0]?.answer(removal(3)));
    act(() => hand.announce({ name: 'sources.changed', data: { ids: [] } }));
    act(() => hand.announce({ name: 'posts.changed', data: { added: 1 } }));
    await waitFor(() => expect(hand.asked).toHaveLength(2));
    expect(result.current.data).toMatchObject({ posts: 3 });
    await act(async () => hand.asked[1]?.answer(removal(4)));
    expect(result.current.data).toMatchObject({ posts: 4 });
  });
  it('drops the answer to older params', async () => {
    const hand = handConnection();
    const { result, rerender } = renderHook(({ id }) => useQuery('sources.removal', { id }), {
      wrapper: around(hand.connection),
      initialProps: { id: 'a' },
    });
    rerender({ id: 'b' });
    await act(async () => hand.asked[1]?.answer(removal(2)));
    await act(async () => hand.asked[0]?.answer(removal(1)));
    expect(result.current.data).toMatchObject({ posts: 2 });
  });
  it('says that it shows the answer before, while new params are asked', async () => {
    const hand = handConnection();
    const { result, rerender } = renderHook(({ id }) => useQuery('sources.removal', { id }), {
      wrapper: around(hand.connection),
      initialProps: { id: 'a' },
    });
    await act(async () => hand.asked[0]?.answer(removal(1)));
    rerender({ id: 'b' });
    expect(result.current).toMatchObject({ data: { posts: 1 }, isPrevious: true, isLoading: false });
  });
  it('gives an error as data and keeps what was known', async () => {
    const hand = handConnection();
    const { result } = renderHook(() => useQuery('sources.removal', { id: 'a' }), { wrapper: around(hand.connection) });
    await act(async () => hand.asked[0]?.answer(removal(1)));
    act(() => result.current.reload());
    await waitFor(() => expect(hand.asked).toHaveLength(2));
    await act(async () =>
      hand.asked[1]?.answer({ ok: false, error: { code: 'NOT_FOUND', message: 'There is no such source.' } }),
    );
    expect(result.current).toMatchObject({ data: { posts: 1 }, error: { message: 'There is no such source.' } });
  });
  it('asks again when the connection comes back', async () => {
    const hand = handConnection();
    const { result } = renderHook(() => useQuery('sources.removal', { id: 'a' }), { wrapper: around(hand.connection) });
    await act(async () => hand.asked[0]?.fail());
    expect(result.current.error?.message).toContain('The connection to Tidings is lost.');
    act(() => hand.become('lost'));
    act(() => hand.become('connected'));
    await waitFor(() => expect(hand.asked).toHaveLength(2));
    await act(async () => hand.asked[1]?.answer(removal(1)));
    expect(result.current.error).toBeUndefined();
  });
  it('asks nothing for null, and leaves no listener behind', () => {
    const hand = handConnection();
    const { unmount } = renderHook(() => [useQuery('sources.removal', null), useQuery('app.status', {}, ['status.changed'])], {
      wrapper: around(hand.connection),
    });
    expect(hand.asked.map((each) => each.method)).toEqual(['app.status']);
    unmount();
    expect(hand.listeners.size).toBe(0);
  });
});

describe('useAction', () => {
  it('is pending until it is answered, and keeps the error for the button', async () => {
    const hand = handConnection();
    const Button = () => {
      const { run, isPending, error } = useAction('runs.cancel');
      return (
        <button type="button" onClick={() => void run({ id: 'r1' })}>
          {isPending ? 'Cancelling' : (error?.message ?? 'Cancel')}
        </button>
      );
    };
    render(<Button />, { wrapper: around(hand.connection) });
    act(() => screen.getByRole('button').click());
    expect(screen.getByText('Cancelling')).toBeTruthy();
    await act(async () => hand.asked[0]?.answer({ ok: false, error: { code: 'CONFLICT', message: 'It is over already.' } }));
    expect(screen.getByText('It is over already.')).toBeTruthy();
  });
});
