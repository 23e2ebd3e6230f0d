import type { ErrorData } from '../../preload/contract/errors.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { goFrom } from '../client/use-view.ts';
import { useToast } from '../ui/toast.tsx';
import { fieldOfError } from '../ui/trigger-form.ts';
import { words } from '../words/words.ts';
import type { Draft, DraftResult } from './editor-draft.ts';

const { useSaveSchedule: say } = words.schedules;

/** A field, by the names `readDraft` gives, and what is wrong with it. */
export type Wrong = { field: string; message: string } | undefined;
type Patch = Extract<DraftResult, { patch: unknown }>['patch'];

/** At which field of the editor an error of the core stands. */
export const wrongAt = (draft: Draft, error: Pick<ErrorData, 'message'> & { field?: string | undefined }): Wrong => {
  if (error.field?.startsWith('window')) return { field: 'window', message: error.message };
  const field = fieldOfError(draft.trigger.type, error.field);
  return { field: field === 'timeZone' ? 'timeZone' : `trigger.${field}`, message: error.message };
};

/** Whether an error of the core is about what was typed, and so belongs to a field. */
export const isAboutAField = ({ code, field }: Pick<ErrorData, 'code'> & { field?: string | undefined }): boolean =>
  field !== undefined || code.startsWith('SCHED_');

/** Saves, leaves the editor and says so; or answers which field is wrong. `onSaved` is called before it leaves. */
export const useSaveSchedule = (schedule: Schedule | undefined, onSaved: () => void) => {
  const add = useAction('schedules.add');
  const update = useAction('schedules.update');
  const toast = useToast();
  const save = async (draft: Draft, patch: Patch): Promise<Wrong> => {
    const here = location.hash;
    const answer = schedule
      ? await update.run({ id: schedule.id, patch })
      : await add.run({ ...patch, jobKind: draft.jobKind, enabled: true });
    if (answer.ok) {
      onSaved();
      toast({ text: say.isSaved(answer.result.name) });
      goFrom(here, ['schedules']);
      return undefined;
    }
    const { error } = answer;
    if (error.field?.startsWith('options')) return { field: error.field, message: error.message };
    return error.code === 'SCHED_INVALID' || error.code === 'SCHED_NEVER' ? wrongAt(draft, error) : undefined;
  };
  return { save, isPending: add.isPending || update.isPending, error: add.error ?? update.error };
};
