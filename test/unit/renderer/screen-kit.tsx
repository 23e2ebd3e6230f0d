import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import type { Announcement, MethodName, Params } from '../../../preload/contract/contract.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { ClientProvider } from '../../../renderer/client/client-context.tsx';
import { useView } from '../../../renderer/client/use-view.ts';
import type { ViewState } from '../../../renderer/client/view-state.ts';
import { ToastProvider } from '../../../renderer/ui/toast.tsx';
import { createFakeCore, type FakeCore } from '../../helpers/fake-core.ts';
import { inventData } from '../../helpers/invented-data.ts';

/* The popover of the platform, as far as a menu needs it; the test's page has none. */
const shown = new WeakSet<HTMLElement>();
const setShown = (element: HTMLElement, isShown: boolean): void => {
  if (isShown) shown.add(element);
  else shown.delete(element);
  const event = new Event('toggle') as Event & { newState: string };
  event.newState = isShown ? 'open' : 'closed';
  element.dispatchEvent(event);
};
document.addEventListener('click', (event) => {
  const opener = (event.target as Element).closest('[popovertarget]');
  const panel = document.getElementById(opener?.getAttribute('popovertarget') ?? '');
  if (panel) setShown(panel, !shown.has(panel));
});
HTMLElement.prototype.hidePopover = function hide() {
  setShown(this, false);
};
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

afterEach(() => {
  cleanup();
  location.hash = '';
});

/** A screen over a core that has only a memory, with all that was asked of it. */
export const showScreen = async (
  Screen: (props: { view: ViewState }) => ReactNode,
  hash: string,
  prepare?: (core: FakeCore) => void,
) => {
  const core = createFakeCore(inventData(Date.now(), 120));
  prepare?.(core);
  const asked: { method: string; params: unknown }[] = [];
  const listeners = new Set<(announcement: Announcement) => void>();
  core.onAnnounce((announcement) => {
    for (const listener of listeners) listener(announcement);
  });
  const client = createClient({
    request: async (method, params) => {
      asked.push({ method, params });
      return core.answer(method, params) as Awaited<ReturnType<Parameters<typeof createClient>[0]['request']>>;
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    state: () => 'connected',
    onState: () => () => undefined,
  });
  history.replaceState(null, '', hash);
  const Placed = () => <Screen view={useView()} />;
  const view = render(
    <ClientProvider client={client}>
      <ToastProvider>
        <Placed />
      </ToastProvider>
    </ClientProvider>,
  );
  await act(async () => undefined);
  return {
    core,
    view,
    announce: (announcement: Announcement) => act(async () => core.announce(announcement)),
    askedFor: <Name extends MethodName>(name: Name): Params<Name>[] =>
      asked.filter(({ method }) => method === name).map(({ params }) => params as Params<Name>),
  };
};

/** Makes an answer an error, as the door would send it. */
export const refuse = (core: FakeCore, method: MethodName, error: { code: string; message: string; field?: string }): void => {
  const before = core.answer;
  core.answer = (name, params) => (name === method ? { ok: false, error } : before(name, params));
};
