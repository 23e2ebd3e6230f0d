import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something goes for good: what goes with it, what could be done instead, and the way back first. */
export const RemovalDialog = ({
  title,
  loss,
  counting,
  instead,
  keep,
  remove,
  isPending,
  onRemove,
  onClose,
  children,
}: {
  title: string;
  /** What goes with it, in a sentence; nothing is removed before that is known. */
  loss: string | undefined;
  /** Stands in its place until then; not needed where it is known from the start. */
  counting?: string;
  instead?: string | undefined;
  keep: string;
  remove: string;
  isPending: boolean;
  onRemove: () => void;
  onClose: () => void;
  /** What went wrong. */
  children?: ReactNode;
}) => (
  <Dialog
    title={title}
    onClose={onClose}
    actions={
      <>
        <Button data-safe onClick={onClose}>
          {keep}
        </Button>
        <Button look="danger" onClick={onRemove} isPending={isPending} disabled={loss === undefined}>
          {remove}
        </Button>
      </>
    }
  >
    <p className="mid" aria-live="polite">
      {loss ?? counting}
    </p>
    {instead && <p className="mid">{instead}</p>}
    {children}
  </Dialog>
);
