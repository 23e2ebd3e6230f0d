import type { Run } from '../../preload/contract/run.ts';
import { words } from '../words/words.ts';
import { RUN_STATUS_WORDS, ranWords } from './run-words.ts';
import type { Toast } from './toast.tsx';

const { parts: say } = words;

/** The message after a run by hand has ended: what it brought, or why not; with a way to its page. */
export const endedToast = (run: Run, open: () => void): Toast => {
  const action = { undo: open, actionLabel: say.openTheRun };
  if (run.status === 'completed') return { text: `${run.name}: ${ranWords(run.counts)}`, ...action };
  if (run.status === 'failed') return { text: `${run.name} failed. ${run.errorMessage}`, ...action };
  return { text: `${run.name}: ${RUN_STATUS_WORDS[run.status].toLowerCase()}`, ...action };
};
