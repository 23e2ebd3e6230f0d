/** The dialog that shows every key. */
export const keysHelp = {
  title: 'Keys',
  help: 'Help',
  close: 'Close',
  or: 'or',
};
