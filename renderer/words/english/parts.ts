/** The parts that every screen is made of. */
export const parts = {
  undo: 'Undo',
};
