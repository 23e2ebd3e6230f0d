import { type ReactNode, type RefObject, type ToggleEvent, useCallback, useId, useRef, useState } from 'react';
import { classes } from './classes.ts';
import './float.css';

const GAP = 6;
const EDGE = 12;

/** Puts a floating panel under its opener, or above where there is more room, and inside the window. */
const place = (panel: HTMLElement, opener: HTMLElement, align: 'start' | 'end'): void => {
  const from = opener.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const below = from.bottom + GAP;
  const fits = below + height + EDGE <= innerHeight || from.top < innerHeight - from.bottom;
  const left = align === 'start' ? from.left : from.right - width;
  panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  panel.style.top = `${Math.max(EDGE, fits ? Math.min(below, innerHeight - height - EDGE) : from.top - GAP - height)}px`;
};

/** What the opener of a popover must carry. */
export type OpenerProps = {
  ref: RefObject<HTMLButtonElement | null>;
  'aria-expanded': boolean;
  popoverTarget: string;
};

/**
 * A panel that explains or holds a menu. The browser closes it on Esc and on a click outside and gives the focus back.
 * `opener` draws the button; `children` is drawn only while it is open.
 */
export const Popover = ({
  label,
  opener,
  children,
  align = 'start',
  className,
  role,
  onOpen,
}: {
  label: string;
  opener: (props: OpenerProps) => ReactNode;
  children: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  className?: string;
  role?: 'menu' | 'dialog';
  onOpen?: (panel: HTMLElement) => void;
}) => {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => panel.current?.hidePopover(), []);
  const toggled = (event: ToggleEvent<HTMLDivElement>) => {
    const opens = event.newState === 'open';
    setIsOpen(opens);
    if (!opens) return;
    requestAnimationFrame(() => {
      if (!panel.current || !button.current) return;
      place(panel.current, button.current, align);
      onOpen?.(panel.current);
    });
  };
  return (
    <>
      {opener({
        ref: button,
        'aria-expanded': isOpen,
        popoverTarget: id,
      })}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is dialog or menu */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role={role ?? 'dialog'}
        aria-label={label}
        className={classes('popover', className)}
        onToggle={toggled}
      >
        {isOpen && children(close)}
      </div>
    </>
  );
};

/** A dotted underline with the reason behind it: *why 14:20?* */
export const Why = ({ label, answer, children }: { label: string; answer: ReactNode; children: ReactNode }) => (
  <Popover
    label={label}
    opener={(props) => (
      <button type="button" className="why" {...props}>
        {children}
      </button>
    )}
  >
    {() => answer}
  </Popover>
);
