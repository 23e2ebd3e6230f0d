/** The parts that every screen is made of. */
export const parts = {
  undo: 'Undo',
  /** `text`: what was done, as its message said it. */
  undone: (text: string) => `Undone: ${text}`,
  nothingToUndo: 'There is nothing to undo',
};
