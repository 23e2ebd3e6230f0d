import { type FormEvent, type RefObject, useRef, useState } from 'react';
import type { JobInfo } from '../../preload/contract/job.ts';
import type { Schedule } from '../../preload/contract/schedule.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Field, Select, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { TriggerFields } from '../ui/trigger-fields.tsx';
import { WindowFields } from '../ui/window-fields.tsx';
import { words } from '../words/words.ts';
import { type Draft, fieldsOf, readDraft, withJob } from './editor-draft.ts';
import { EditorPreview, usePreview } from './editor-preview.tsx';
import { takeLeftDraft, useLeftDraft } from './left-drafts.ts';
import { MissedFields, MoreFields } from './missed-fields.tsx';
import { OptionFields } from './option-fields.tsx';
import { Simulator, useSimulation } from './simulator.tsx';
import { useSleep } from './sleep-habit.ts';
import { isAboutAField, useSaveSchedule, type Wrong, wrongAt } from './use-save-schedule.ts';

const { editor: say } = words.schedules;

/** When, what if it was missed, and what; at the right what that means, while it is typed. */
export const Editor = ({ jobs, schedule, draft: first }: { jobs: JobInfo[]; schedule?: Schedule; draft: Draft }) => {
  const place = schedule?.id ?? 'new';
  const [start] = useState(first);
  const [draft, setDraft] = useState(() => takeLeftDraft(place) ?? start);
  const [wrong, setWrong] = useState<Wrong>();
  const form = useRef<HTMLFormElement>(null);
  const isChanged = draft !== start && JSON.stringify(draft) !== JSON.stringify(start);
  const { forget } = useLeftDraft(place, isChanged ? draft : undefined);
  const { save, isPending, error } = useSaveSchedule(schedule, forget);
  const preview = usePreview(draft, schedule?.id);
  const [sleep, setSleep] = useSleep();
  const simulation = useSimulation(draft, sleep);
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
  const shown = wrong ?? (preview.error && isAboutAField(preview.error) ? wrongAt(draft, preview.error) : undefined);
  return (
    <Screen
      title={schedule ? schedule.name : say.newSchedule}
      crumb={{ label: say.schedules, href: '#/schedules' }}
      actions={
        <>
          {isChanged && <span className="dim">{say.notSavedYet}</span>}
          <ButtonLink href="#/schedules">{say.cancel}</ButtonLink>
          <Button look="primary" type="submit" form="schedule-editor" isPending={isPending}>
            {say.saveSchedule}
          </Button>
        </>
      }
    >
      {error && !wrong && <ErrorNote error={error} kept={say.nothingWasSaved} />}
      <div className="editor">
        <EditorForm form={form} jobs={jobs} isNew={!schedule} draft={draft} wrong={shown} onChange={set} onSubmit={submit} />
        <div className="editor-preview">
          <EditorPreview draft={draft} preview={preview} simulation={simulation.data} />
          <Simulator simulation={simulation} sleep={sleep} onSleep={setSleep} />
        </div>
      </div>
    </Screen>
  );
};

type FormProps = {
  form: RefObject<HTMLFormElement | null>;
  jobs: JobInfo[];
  isNew: boolean;
  draft: Draft;
  wrong: Wrong;
  onChange: (part: Partial<Draft>) => void;
  onSubmit: (event: FormEvent) => void;
};

const EditorForm = ({ form, jobs, isNew, draft, wrong, onChange, onSubmit }: FormProps) => (
  <form id="schedule-editor" ref={form} onSubmit={onSubmit} noValidate>
    {isNew && (
      <Field label={say.job} help={jobs.find((one) => one.kind === draft.jobKind)?.description}>
        {(ids) => (
          <Select
            {...ids}
            value={draft.jobKind}
            options={jobs.map((one) => ({ value: one.kind, label: one.title }))}
            onChange={(kind) => onChange(withJob(draft, jobs, kind))}
          />
        )}
      </Field>
    )}
    <h2 className="editor-head">{say.when}</h2>
    <TriggerFields draft={draft} wrong={wrong} onChange={onChange} />
    <WindowFields
      window={draft.window}
      error={wrong?.field === 'window' ? wrong.message : undefined}
      onChange={(part) => onChange({ window: { ...draft.window, ...part } })}
    />
    <h2 className="editor-head">{say.ifItWasMissed}</h2>
    <MissedFields draft={draft} wrong={wrong} onChange={onChange} />
    <h2 className="editor-head">{say.what}</h2>
    <Field label={say.name} error={wrong?.field === 'name' ? wrong.message : undefined}>
      {(ids) => (
        <TextInput {...ids} value={draft.name} maxLength={200} onChange={(event) => onChange({ name: event.target.value })} />
      )}
    </Field>
    <OptionFields
      fields={fieldsOf(jobs, draft.jobKind)}
      values={draft.options}
      wrong={wrong}
      onChange={(options) => onChange({ options })}
    />
    <MoreFields draft={draft} wrong={wrong} onChange={onChange} />
  </form>
);
