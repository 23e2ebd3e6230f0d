import { type ReactNode, useEffect, useId, useRef } from 'react';
import { classes } from './classes.ts';
import './float.css';

/**
 * Before a loss that cannot be undone, or for something that needs the whole attention. Give the safe button
 * `autoFocus`. Esc and a click on the scrim close it.
 */
export const Dialog = ({
  title,
  children,
  actions,
  onClose,
  isWide,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
  isWide?: boolean;
}) => {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement as HTMLElement | null;
    if (dialog && !dialog.open) dialog.showModal();
    const safe = dialog?.querySelector<HTMLElement>('[data-safe]');
    safe?.focus({ preventScroll: true });
    return () => {
      // Taken away without being closed, it would take the focus with it.
      const isLost = document.activeElement === document.body || dialog?.contains(document.activeElement);
      if (isLost && before?.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the key for the scrim
    <dialog
      ref={ref}
      className={classes('dialog', isWide && 'dialog-wide')}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <h2 className="dialog-title" id={id}>
        {title}
      </h2>
      {children}
      {actions && <div className="dialog-actions">{actions}</div>}
    </dialog>
  );
};
