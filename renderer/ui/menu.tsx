import Check from 'lucide-react/icons/check';
import type { KeyboardEvent, ReactNode } from 'react';
import { classes } from './classes.ts';
import { type OpenerProps, Popover } from './popover.tsx';
import './float.css';

export type MenuItem =
  | {
      kind?: 'item';
      label: string;
      icon?: ReactNode;
      keys?: string;
      isDanger?: boolean;
      disabled?: boolean;
      /** One of several of which one is chosen, and whether it is this. */
      isOn?: boolean;
      onChoose: () => void;
    }
  | { kind: 'rule' };

const itemsOf = (panel: Element): HTMLElement[] => [...panel.querySelectorAll<HTMLElement>('[role^=menuitem]')];

/** Arrow keys, Home and End move; a letter goes to the next item that begins with it. */
const move = (event: KeyboardEvent<HTMLElement>): void => {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const step: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  let to = step[event.key];
  if (to === undefined && event.key.length === 1) {
    const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const found = rest.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()));
    to = found ? items.indexOf(found) : undefined;
  }
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items[(to + items.length) % items.length]?.focus();
};

/** A list of things to do behind one button. */
export const Menu = ({
  label,
  items,
  opener,
  align = 'end',
}: {
  label: string;
  items: readonly MenuItem[];
  opener: (props: OpenerProps & { 'aria-haspopup': 'menu' }) => ReactNode;
  align?: 'start' | 'end';
}) => (
  <Popover
    label={label}
    role="menu"
    className="menu"
    align={align}
    opener={(props) => opener({ ...props, 'aria-haspopup': 'menu' })}
    onOpen={(panel) => itemsOf(panel)[0]?.focus()}
  >
    {(close) => (
      // biome-ignore lint/a11y/noStaticElementInteractions: the menu role is on the panel around it
      <div onKeyDown={move}>
        {items.map((item, place) =>
          item.kind === 'rule' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
            <hr key={place} className="menu-rule" />
          ) : (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a choice of one is a menuitemradio
            <button
              key={item.label}
              type="button"
              role={item.isOn === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.isOn}
              tabIndex={-1}
              className={classes('menu-item', item.isDanger && 'menu-item-danger')}
              aria-disabled={item.disabled || undefined}
              onClick={() => {
                if (item.disabled) return;
                close();
                item.onChoose();
              }}
            >
              {item.icon}
              {item.isOn !== undefined && <Check className={classes('menu-check', item.isOn && 'is-on')} />}
              {item.label}
              {item.keys && <span className="menu-keys">{item.keys}</span>}
            </button>
          ),
        )}
      </div>
    )}
  </Popover>
);
