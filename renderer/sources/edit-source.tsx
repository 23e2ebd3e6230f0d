import { type FormEvent, useId, useRef, useState } from 'react';
import type { SourceRow } from '../../preload/contract/source.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { CheckBox } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Select, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { FolderField } from './folder-field.tsx';
import { LISTS } from './hacker-news-lists.ts';
import { readForm, type SourceForm, toForm } from './source-form.ts';

const { editSource: say } = words.sources;

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
    toast({ text: say.isSaved(answer.result.title) });
    onClose();
  };
  const parts: Props = { form, set, errorOf: (field) => (wrong?.field === field ? wrong.message : undefined) };
  return (
    <Dialog
      title={say.edit(source.title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say.cancel}</Button>
          <Button look="primary" type="submit" form={id} isPending={update.isPending}>
            {say.save}
          </Button>
        </>
      }
    >
      <form id={id} ref={place} className="source-form" onSubmit={submit} noValidate>
        <Field label={say.name} error={parts.errorOf('title')}>
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
        <ReadingFields {...parts} isFeed={source.kind === 'feed'} />
      </form>
      {update.error && <ErrorNote error={update.error} kept={say.nothingWasChanged} />}
    </Dialog>
  );
};

const FeedFields = ({ form, set, errorOf }: Props) => (
  <>
    <Field label={say.address} error={errorOf('feedUrl')}>
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
    <Field label={say.fetchEvery} help={say.fetchEveryHelp} error={errorOf('everyMinutes')}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          placeholder={say.asInSettings}
          value={form.everyMinutes}
          onChange={(event) => set({ everyMinutes: event.target.value })}
        />
      )}
    </Field>
    <Field label={say.waitAtMost} help={say.waitAtMostHelp} error={errorOf('timeoutSeconds')}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          placeholder={say.asInSettings}
          value={form.timeoutSeconds}
          onChange={(event) => set({ timeoutSeconds: event.target.value })}
        />
      )}
    </Field>
    {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input */}
    <label className="source-check">
      <CheckBox isOn={form.allowLocalNetwork} onChange={(allowLocalNetwork) => set({ allowLocalNetwork })} />
      <span>
        {say.allowLocalAddresses}
        <span className="sub source-check-help">{say.forAServerOfYourOwn}</span>
      </span>
    </label>
  </>
);

const Tick = ({
  name,
  help,
  isOn,
  onChange,
}: {
  name: string;
  help: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input
  <label className="source-check">
    <CheckBox isOn={isOn} onChange={onChange} />
    <span>
      {name}
      <span className="sub source-check-help">{help}</span>
    </span>
  </label>
);

/** How its posts are read; all of it off until the owner wants it. */
const ReadingFields = ({ form, set, isFeed }: Props & { isFeed: boolean }) => (
  <>
    <Tick
      name={say.fullArticle}
      help={isFeed ? say.fullArticleHelp : say.fullArticleStoryHelp}
      isOn={form.fullArticle}
      onChange={(fullArticle) => set({ fullArticle })}
    />
    <Tick name={say.images} help={say.imagesHelp} isOn={form.images} onChange={(images) => set({ images })} />
    <Tick
      name={words.notifications.tellMe}
      help={words.notifications.tellMeHelp}
      isOn={form.notify}
      onChange={(notify) => set({ notify })}
    />
    {isFeed && (
      <Tick
        name={say.unreadOnUpdate}
        help={say.unreadOnUpdateHelp}
        isOn={form.unreadOnUpdate}
        onChange={(unreadOnUpdate) => set({ unreadOnUpdate })}
      />
    )}
  </>
);

const KeepField = ({ form, set, errorOf }: Props) => (
  <Field label={say.keepPosts} help={say.keepPostsHelp} error={errorOf('keepDays')}>
    {(ids) => (
      <TextInput
        {...ids}
        inputMode="numeric"
        placeholder={say.asInSettings}
        value={form.keepDays}
        onChange={(event) => set({ keepDays: event.target.value })}
      />
    )}
  </Field>
);

const HackerNewsFields = ({ form, set, errorOf }: Props) => (
  <>
    <Field label={say.list}>
      {(ids) => <Select {...ids} value={form.list} options={LISTS} onChange={(list) => set({ list })} />}
    </Field>
    <Field label={say.points} help={say.pointsHelp} error={errorOf('minScore')}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          value={form.minScore}
          onChange={(event) => set({ minScore: event.target.value })}
        />
      )}
    </Field>
    <Field label={say.lookAt} help={say.lookAtHelp} error={errorOf('limit')}>
      {(ids) => (
        <TextInput {...ids} inputMode="numeric" value={form.limit} onChange={(event) => set({ limit: event.target.value })} />
      )}
    </Field>
  </>
);
