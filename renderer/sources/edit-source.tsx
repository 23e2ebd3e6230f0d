import { type FormEvent, useId, useRef, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { CheckBox } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Select, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { FolderField } from './folder-field.tsx';
import { LISTS } from './hacker-news-lists.ts';
import { readForm, type SourceForm, toForm } from './source-form.ts';

type Props = {
  form: SourceForm;
  set: (part: Partial<SourceForm>) => void;
  errorOf: (field: keyof SourceForm) => string | undefined;
};

/** Changes what the owner may change on a source. What fails keeps the form as it is. */
export const EditSource = ({ row, all, onClose }: { row: SourceRow; all: SourceRow[]; onClose: () => void }) => {
  const { source } = row;
  const [form, setForm] = useState(() => toForm(source));
  const [wrong, setWrong] = useState<{ field: keyof SourceForm; message: string }>();
  const update = useAction('sources.update');
  const toast = useToast();
  const id = useId();
  const place = useRef<HTMLFormElement>(null);
  const set = (part: Partial<SourceForm>) => {
    setWrong(undefined);
    setForm((before) => ({ ...before, ...part }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = readForm(form, source);
    if ('field' in read) {
      setWrong(read);
      requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const answer = await update.run({ id: source.id, patch: read.patch });
    if (!answer.ok) return;
    toast({ text: `${answer.result.title} is saved` });
    onClose();
  };
  const parts: Props = { form, set, errorOf: (field) => (wrong?.field === field ? wrong.message : undefined) };
  return (
    <Dialog
      title={`Edit ${source.title}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={id} isPending={update.isPending}>
            Save
          </Button>
        </>
      }
    >
      <form id={id} ref={place} className="source-form" onSubmit={submit} noValidate>
        <Field label="Name" error={parts.errorOf('title')}>
          {(ids) => (
            <TextInput
              {...ids}
              data-safe
              value={form.title}
              maxLength={500}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <FolderField value={form.folder} rows={all} onChange={(folder) => set({ folder })} />
        {source.kind === 'feed' ? <FeedFields {...parts} /> : <HackerNewsFields {...parts} />}
        <KeepField {...parts} />
      </form>
      {update.error && <ErrorNote error={update.error} kept="Nothing was changed." />}
    </Dialog>
  );
};

const FeedFields = ({ form, set, errorOf }: Props) => (
  <>
    <Field label="Address" error={errorOf('feedUrl')}>
      {(ids) => (
        <TextInput
          {...ids}
          type="url"
          spellCheck={false}
          value={form.feedUrl}
          onChange={(event) => set({ feedUrl: event.target.value })}
        />
      )}
    </Field>
    <Field label="Fetch every" help="Minutes, 5 or more. Empty: as in Settings." error={errorOf('everyMinutes')}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          placeholder="As in Settings"
          value={form.everyMinutes}
          onChange={(event) => set({ everyMinutes: event.target.value })}
        />
      )}
    </Field>
    <Field
      label="Wait at most"
      help="Seconds for one whole request, 1 to 300. Empty: as in Settings."
      error={errorOf('timeoutSeconds')}
    >
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          placeholder="As in Settings"
          value={form.timeoutSeconds}
          onChange={(event) => set({ timeoutSeconds: event.target.value })}
        />
      )}
    </Field>
    {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input */}
    <label className="source-check">
      <CheckBox isOn={form.allowLocalNetwork} onChange={(allowLocalNetwork) => set({ allowLocalNetwork })} />
      <span>
        Allow addresses of the local network
        <span className="sub source-check-help">For a server of your own, in your house or on this computer.</span>
      </span>
    </label>
  </>
);

const KeepField = ({ form, set, errorOf }: Props) => (
  <Field
    label="Keep posts"
    help="Days; 0 for ever. Empty: as in Settings. Starred and unread ones always stay."
    error={errorOf('keepDays')}
  >
    {(ids) => (
      <TextInput
        {...ids}
        inputMode="numeric"
        placeholder="As in Settings"
        value={form.keepDays}
        onChange={(event) => set({ keepDays: event.target.value })}
      />
    )}
  </Field>
);

const HackerNewsFields = ({ form, set, errorOf }: Props) => (
  <>
    <Field label="List">
      {(ids) => <Select {...ids} value={form.list} options={LISTS} onChange={(list) => set({ list })} />}
    </Field>
    <Field label="Points" help="Stories with fewer are not kept." error={errorOf('minScore')}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          value={form.minScore}
          onChange={(event) => set({ minScore: event.target.value })}
        />
      )}
    </Field>
    <Field label="Look at" help="How many stories of the list, 1 to 500." error={errorOf('limit')}>
      {(ids) => (
        <TextInput {...ids} inputMode="numeric" value={form.limit} onChange={(event) => set({ limit: event.target.value })} />
      )}
    </Field>
  </>
);
