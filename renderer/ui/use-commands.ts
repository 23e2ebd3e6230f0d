import { useEffect, useRef } from 'react';
import { COMMANDS, type CommandId } from './commands.ts';
import { type KeyMap, useKeys } from './keys.ts';

/** A command of the list that can be done now, because who does it is on the screen. */
export type Doable = {
  id: CommandId;
  run: (event?: KeyboardEvent) => void;
  /** There is nothing to do it to now: its keys rest and the palette leaves it out. */
  isOff?: boolean | undefined;
  /** What it is called now, where that changes: *Remove the star*. */
  words?: string | undefined;
};

const layers: { readonly current: readonly Doable[] }[] = [];

/** What can be done on the present screen, each once: the newest component that offers a command wins. */
export const doableCommands = (): Doable[] => {
  const byId = new Map<CommandId, Doable>();
  for (const layer of layers) for (const command of layer.current) byId.set(command.id, command);
  return [...byId.values()].filter((command) => !command.isOff);
};

const keyMap = (commands: readonly Doable[]): KeyMap =>
  Object.fromEntries(
    commands.flatMap(({ id, run, isOff }) =>
      COMMANDS[id].keys.map((key): [string, KeyMap[string]] => [key, isOff ? () => undefined : run]),
    ),
  );

/** Offers commands while the component is there: their keys work and the palette shows them. */
export const useCommands = (commands: readonly Doable[]): void => {
  const latest = useRef(commands);
  latest.current = commands;
  useKeys(keyMap(commands));
  useEffect(() => {
    layers.push(latest);
    return () => {
      layers.splice(layers.indexOf(latest), 1);
    };
  }, []);
};
