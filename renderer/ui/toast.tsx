import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { words } from '../words/words.ts';
import { firstKey } from './commands.ts';
import { rememberUndo, takeBack, type UndoStep, undoLast } from './undo.ts';
import { useCommands } from './use-commands.ts';
import './float.css';

const { parts: say } = words;

/** A message that passes. `undo` takes back what it tells of. */
export type Toast = {
  text: string;
  undo?: () => void;
  actionLabel?: string;
  /** Something did not work: a screen reader says it at once. */
  isError?: boolean;
};
type Shown = Toast & { key: number; step?: UndoStep };
const LIFE_MS = 8000;
const MOST = 3;
const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a message for eight seconds. */
export const useToast = (): ((toast: Toast) => void) => useContext(ToastContext);

const ToastLine = ({ toast, onGone }: { toast: Shown; onGone: (key: number) => void }) => {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => onGone(toast.key), LIFE_MS);
    return () => clearTimeout(timer);
  }, [isHeld, onGone, toast.key]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being looked at keeps it, nothing is done by it
    <div
      className="toast"
      role={toast.isError ? 'alert' : undefined}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <span className="toast-text">{toast.text}</span>
      {toast.undo && (
        <button
          type="button"
          className="toast-action"
          aria-keyshortcuts={firstKey('message.act')}
          onClick={() => {
            toast.undo?.();
            onGone(toast.key);
          }}
        >
          {toast.actionLabel ?? say.undo}
          <span aria-hidden="true">
            <kbd>{firstKey('message.act')}</kbd>
          </span>
        </button>
      )}
    </div>
  );
};

/** What a message can undo can be undone by key after it has passed, too. */
const withStep = (toast: Toast): Omit<Shown, 'key'> => {
  const { text, undo, actionLabel } = toast;
  if (!undo || actionLabel) return toast;
  const step = { text, undo };
  rememberUndo(step);
  return { ...toast, undo: () => takeBack(step), step };
};

/** The place where messages pass, at the foot of the window. */
export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [toasts, setToasts] = useState<Shown[]>([]);
  const last = useRef(0);
  const show = useCallback((toast: Toast) => {
    last.current += 1;
    const key = last.current;
    const shown = { ...withStep(toast), key };
    setToasts((before) => [...before.slice(1 - MOST), shown]);
  }, []);
  const remove = useCallback((key: number) => setToasts((before) => before.filter((toast) => toast.key !== key)), []);
  const act = () => {
    const newest = toasts.findLast((toast) => toast.undo);
    if (newest?.actionLabel) {
      newest.undo?.();
      return remove(newest.key);
    }
    const step = undoLast();
    setToasts((before) => before.filter((toast) => !step || toast.step !== step));
    show({ text: step ? say.undone(step.text) : say.nothingToUndo });
  };
  useCommands([{ id: 'message.act', run: act }]);
  const lines = useMemo(
    () => toasts.map((toast) => <ToastLine key={toast.key} toast={toast} onGone={remove} />),
    [toasts, remove],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {lines}
      </div>
    </ToastContext>
  );
};
