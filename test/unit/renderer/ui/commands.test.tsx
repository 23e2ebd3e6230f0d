// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS, type CommandId, type CommandPlace, keyCaps } from '../../../../renderer/ui/commands.ts';
import { KeyTable } from '../../../../renderer/ui/key-table.tsx';
import { type Doable, doableCommands, useCommands } from '../../../../renderer/ui/use-commands.ts';
import { words } from '../../../../renderer/words/words.ts';

const Offers = ({ commands }: { commands: Doable[] }) => {
  useCommands(commands);
  return <input aria-label="text" />;
};
const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
afterEach(cleanup);

const ids = Object.keys(COMMANDS) as CommandId[];
/** Places whose commands are there at the same time: an open post stands beside its list. */
const TOGETHER: CommandPlace[][] = [['posts', 'reading']];
const isEverywhere = (id: CommandId): boolean => ['everywhere', 'going'].includes(COMMANDS[id].where);

describe('the list of commands', () => {
  it('gives no key two meanings on one screen, and no key begins a pair and means something alone', () => {
    const places = [...new Set(ids.map((id) => COMMANDS[id].where))];
    for (const place of places) {
      const beside = TOGETHER.find((each) => each.includes(place)) ?? [place];
      const here = ids.filter((id) => isEverywhere(id) || beside.includes(COMMANDS[id].where));
      const keys = here.flatMap((id) => COMMANDS[id].keys.map((key) => ({ id, key })));
      const twice = keys.filter(({ id, key }) => keys.some((other) => other.key === key && other.id !== id));
      expect(twice, place).toEqual([]);
      const firsts = new Set(keys.map(({ key }) => key.split(' ')).flatMap(([first, second]) => (second ? [first] : [])));
      expect(
        keys.filter(({ key }) => firsts.has(key)),
        place,
      ).toEqual([]);
    }
  });
  it('calls no two commands of one place by the same words', () => {
    const names = ids.map((id) => `${COMMANDS[id].where} ${words.commands.names[id]}`);
    expect(new Set(names).size).toBe(names.length);
  });
  it('is what the map of keys shows, every key of it', () => {
    const { container } = render(<KeyTable />);
    const shown = [...container.querySelectorAll('li')].map(({ firstChild, lastChild }) => [
      firstChild?.textContent,
      lastChild?.textContent,
    ]);
    for (const id of ids.filter((each) => COMMANDS[each].keys.length > 0)) {
      const keys = shown.filter(([name]) => name === words.commands.names[id]).map(([, caps]) => caps);
      for (const key of COMMANDS[id].keys) expect(keys.join(' '), id).toContain(keyCaps(key).join(''));
    }
  });
});

describe('offering commands', () => {
  it('does a command by each of its keys, also those held with Ctrl while typing', () => {
    const done: string[] = [];
    const { getByLabelText } = render(<Offers commands={[{ id: 'palette.open', run: () => done.push('palette') }]} />);
    press(':');
    press('k', { ctrlKey: true });
    press('k', { metaKey: true }, getByLabelText('text'));
    press(':', {}, getByLabelText('text'));
    expect(done).toEqual(['palette', 'palette', 'palette']);
  });
  it('leaves out what is off, and its key rests', () => {
    const done: string[] = [];
    render(<Offers commands={[{ id: 'feeds.fetch', run: () => done.push('fetched'), isOff: true }]} />);
    press('r');
    expect(done).toEqual([]);
    expect(doableCommands()).toEqual([]);
  });
  it('lets the newest screen say what a command does, until it goes', () => {
    const done: string[] = [];
    render(<Offers commands={[{ id: 'feeds.fetch', run: () => done.push('all') }]} />);
    const screen = render(<Offers commands={[{ id: 'feeds.fetch', run: () => done.push('these') }]} />);
    doableCommands()[0]?.run();
    expect(doableCommands()).toHaveLength(1);
    screen.unmount();
    press('r');
    expect(done).toEqual(['these', 'all']);
  });
});
