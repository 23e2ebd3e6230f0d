/** One thing that can be taken back, and what it was, as a message says it: *Marked 12 posts as read*. */
export type UndoStep = { text: string; undo: () => void };

const MOST = 50;
const steps: UndoStep[] = [];

/** Remembers how the newest thing is taken back; the oldest of more than fifty is forgotten. */
export const rememberUndo = (step: UndoStep): void => {
  steps.push(step);
  if (steps.length > MOST) steps.shift();
};

/** Takes a step back, once: by its message, or by `undoLast`, whichever comes first. */
export const takeBack = (step: UndoStep): void => {
  const at = steps.indexOf(step);
  if (at < 0) return;
  steps.splice(at, 1);
  step.undo();
};

/** Takes the newest remembered step back and answers it; undefined when there is none. */
export const undoLast = (): UndoStep | undefined => {
  const last = steps.at(-1);
  if (last) takeBack(last);
  return last;
};
