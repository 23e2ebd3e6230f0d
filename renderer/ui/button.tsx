import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import './controls.css';

type Look = 'plain' | 'primary' | 'quiet' | 'danger';
export type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  look?: Look;
  icon?: ReactNode;
  size?: 'large';
  /** Something it set going is not done: says so, and does not start it twice. */
  isPending?: boolean;
};

/** Something to do. One primary button a screen. */
export const Button = ({ look = 'plain', icon, size, isPending, onClick, children, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    className={classes('button', look !== 'plain' && `button-${look}`, size && `button-${size}`)}
    aria-disabled={isPending || undefined}
    aria-busy={isPending || undefined}
    onClick={isPending ? (event) => event.preventDefault() : onClick}
  >
    {icon}
    {children}
  </button>
);

/** A button that is only a picture; the label is its name and its tooltip. */
export const IconButton = ({
  label,
  icon,
  look = 'quiet',
  keys,
  title,
  ...rest
}: Omit<ButtonProps, 'children' | 'size'> & { label: string; icon: ReactNode; keys?: string }) => (
  <button
    type="button"
    {...rest}
    className={classes('button', 'button-icon', look !== 'plain' && `button-${look}`)}
    aria-label={label}
    aria-keyshortcuts={keys}
    title={title ?? (keys ? `${label} (${keys})` : label)}
  >
    {icon}
  </button>
);

/** A link that looks like a button: it goes somewhere and changes nothing. */
export const ButtonLink = ({
  look = 'plain',
  icon,
  children,
  ...rest
}: Omit<ComponentProps<'a'>, 'className'> & { look?: Look; icon?: ReactNode }) => (
  <a {...rest} className={classes('button', look !== 'plain' && `button-${look}`)}>
    {icon}
    {children}
  </a>
);
