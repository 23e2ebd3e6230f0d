import { type FormEvent, useRef, useState } from 'react';
import type { JobInfo } from '../../preload/contract/job.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { useAction } from '../client/use-action.ts';
import { goFrom } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { Field, Select, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useToast } from '../ui/toast.tsx';
import { type Draft, fieldsOf, readDraft, withJob } from './editor-draft.ts';
import { EditorPreview, usePreview } from './editor-preview.tsx';
import { OptionFields } from './option-fields.tsx';
import { TriggerFields } from './trigger-fields.tsx';
import { fieldOfError } from './trigger-form.ts';

const MISSED = [
  { value: 'run-once', label: 'Once, the latest' },
  { value: 'skip', label: 'Not at all' },
] as const;
type Wrong = { field: string; message: string } | undefined;

/** When, what, and what if it was missed; at the right what that means, while it is typed. */
export const Editor = ({ jobs, schedule, draft: first }: { jobs: JobInfo[]; schedule?: Schedule; draft: Draft }) => {
  const [start] = useState(first);
  const [draft, setDraft] = useState(start);
  const [wrong, setWrong] = useState<Wrong>();
  const form = useRef<HTMLFormElement>(null);
  const { save, isPending, error } = useSave(schedule);
  const preview = usePreview(draft);
  const set = (part: Partial<Draft>) => {
    setWrong(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(draft, jobs);
    const found = 'field' in read ? read : await save(draft, read.patch);
    setWrong(found);
    if (found) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const shownError = wrong ?? previewError(draft, preview.error);
  const job = jobs.find((one) => one.kind === draft.jobKind);
  const title = schedule ? schedule.name : 'New schedule';
  return (
    <Screen
      title={title}
      crumb={{ label: 'Schedules', href: '#/schedules' }}
      actions={
        <>
          {draft !== start && <span className="dim">Not saved yet</span>}
          <ButtonLink href="#/schedules">Cancel</ButtonLink>
          <Button look="primary" type="submit" form="schedule-editor" isPending={isPending}>
            Save schedule
          </Button>
        </>
      }
    >
      {error && !wrong && <ErrorNote error={error} kept="Nothing was saved; what you typed is still here." />}
      <div className="editor">
        <form id="schedule-editor" ref={form} onSubmit={submit} noValidate>
          <h2 className="editor-head">What</h2>
          {!schedule && (
            <Field label="Job" help={job?.description}>
              {(ids) => (
                <Select
                  {...ids}
                  value={draft.jobKind}
                  options={jobs.map((one) => ({ value: one.kind, label: one.title }))}
                  onChange={(kind) => set(withJob(draft, jobs, kind))}
                />
              )}
            </Field>
          )}
          <Field label="Name" error={shownError?.field === 'name' ? shownError.message : undefined}>
            {(ids) => (
              <TextInput {...ids} value={draft.name} maxLength={200} onChange={(event) => set({ name: event.target.value })} />
            )}
          </Field>
          <OptionFields
            fields={fieldsOf(jobs, draft.jobKind)}
            values={draft.options}
            wrong={shownError}
            onChange={(options) => set({ options })}
          />
          <h2 className="editor-head">When</h2>
          <TriggerFields draft={draft} wrong={shownError} onChange={set} />
          <h2 className="editor-head">If something goes wrong</h2>
          <MissedFields draft={draft} wrong={shownError} onChange={set} />
        </form>
        <EditorPreview draft={draft} preview={preview} />
      </div>
    </Screen>
  );
};

const MissedFields = ({ draft, wrong, onChange }: { draft: Draft; wrong: Wrong; onChange: (part: Partial<Draft>) => void }) => {
  const errorOf = (field: string) => (wrong?.field === field ? wrong.message : undefined);
  return (
    <>
      <div className="field">
        <span className="field-label">Missed runs</span>
        <Segments label="Make up missed runs" value={draft.missed} options={MISSED} onChange={(missed) => onChange({ missed })} />
        <div className="field-help">
          {draft.missed === 'run-once'
            ? 'After sleep one run stands for all that were missed, however late.'
            : 'What was missed while asleep or off is written down, not made up.'}
        </div>
      </div>
      <Field
        label="Longest run"
        help="Minutes; then it is stopped, and what it collected is kept."
        error={errorOf('timeoutMinutes')}
      >
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="numeric"
            value={draft.timeoutMinutes}
            onChange={(event) => onChange({ timeoutMinutes: event.target.value })}
          />
        )}
      </Field>
    </>
  );
};

const previewError = (draft: Draft, error: { message: string; field?: string } | undefined): Wrong => {
  if (!error) return undefined;
  const field = fieldOfError(draft.trigger.type, error.field);
  return { field: field === 'timeZone' ? 'timeZone' : `trigger.${field}`, message: error.message };
};

/** Saves, leaves the editor and says so; or answers which field is wrong. */
const useSave = (schedule: Schedule | undefined) => {
  const add = useAction('schedules.add');
  const update = useAction('schedules.update');
  const toast = useToast();
  type Patch = Extract<ReturnType<typeof readDraft>, { patch: unknown }>['patch'];
  const save = async (draft: Draft, patch: Patch): Promise<Wrong> => {
    const here = location.hash;
    const answer = schedule
      ? await update.run({ id: schedule.id, patch })
      : await add.run({ ...patch, jobKind: draft.jobKind, enabled: true });
    if (answer.ok) {
      toast({ text: `${answer.result.name} is saved` });
      goFrom(here, ['schedules']);
      return undefined;
    }
    const { error } = answer;
    if (error.field?.startsWith('options')) return { field: error.field, message: error.message };
    return error.code === 'SCHED_INVALID' || error.code === 'SCHED_NEVER' ? previewError(draft, error) : undefined;
  };
  return { save, isPending: add.isPending || update.isPending, error: add.error ?? update.error };
};
