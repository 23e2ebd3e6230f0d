import type { NewSchedule, Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { fieldOfError, type TriggerForm } from '../ui/trigger-form.ts';
import type { SectionDraft, Wrong } from './digest-draft.ts';

type Failure = { code: string; message: string; field?: string | undefined };

/** At which field of the editor an error of the core stands; undefined when it is about none. */
export const wrongAt = (
  { code, field = '', message }: Failure,
  trigger: TriggerForm,
  sections: readonly SectionDraft[],
): Wrong | undefined => {
  const part = /(?:^|\.)sections\.(\d+)(?:\.(?:from\.)?(\w+))?/.exec(field);
  if (part) {
    const key = sections[Number(part[1])]?.key;
    return { field: key === undefined ? 'sections' : `section.${key}.${part[2] ?? 'title'}`, message };
  }
  const own = /^(?:patch\.)?options\.(?:sinks\.)?(\w+)/.exec(field)?.[1];
  if (own) return { field: own, message };
  if (code !== 'SCHED_INVALID' && code !== 'SCHED_NEVER') return field === 'name' ? { field, message } : undefined;
  const at = fieldOfError(trigger.type, field);
  return { field: at === 'timeZone' ? 'timeZone' : `trigger.${at}`, message };
};

/** Saves a digest as the schedule it is; answers the saved schedule, or what is wrong. */
export const useSaveDigest = (schedule: Schedule | undefined, isOn: boolean) => {
  const add = useAction('schedules.add');
  const update = useAction('schedules.update');
  const save = ({ jobKind, ...patch }: NewSchedule) =>
    schedule ? update.run({ id: schedule.id, patch }) : add.run({ ...patch, jobKind, enabled: isOn });
  return { save, isPending: add.isPending || update.isPending, error: add.error ?? update.error };
};
