import Send from 'lucide-react/icons/send';
import { type FormEvent, type RefObject, useRef, useState } from 'react';
import type { DigestRow, EditionContent } from '../../preload/contract/digest.ts';
import type { SchedulePreview } from '../../preload/contract/schedule.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { type Query, useQuery } from '../client/use-query.ts';
import { goFrom } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Field, TextInput } from '../ui/field.tsx';
import { dueInline, timeTooltip } from '../ui/format.ts';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { useToast } from '../ui/toast.tsx';
import { TriggerFields } from '../ui/trigger-fields.tsx';
import { toTrigger } from '../ui/trigger-form.ts';
import { useNow } from '../ui/use-now.ts';
import { useSettled } from '../ui/use-settled.ts';
import { dueLabel } from '../ui/zones.ts';
import { words } from '../words/words.ts';
import { asSaved, type DigestDraft, readDraft, readOptions, type Wrong } from './digest-draft.ts';
import { type FieldsProps, LateField, LimitFields, MoreDigestFields, WhereFields, WhoFields } from './digest-fields.tsx';
import { DigestMenu } from './digest-menu.tsx';
import { LastEditions } from './last-editions.tsx';
import { takeLeftDraft, useLeftDraft } from './left-drafts.ts';
import { MailBand } from './mail-band.tsx';
import { PreviewPane, useMoment, usePreview } from './preview-pane.tsx';
import { SectionList } from './section-list.tsx';
import { useSaveDigest, wrongAt } from './use-save-digest.ts';
import { useSendTest } from './use-send-test.tsx';

const { editor: say, page, title, actions } = words.digests;
const TRIGGER_PAUSE_MS = 200;
const FORM = 'digest-editor';

/** When, what, to whom; at the right the mail itself, while it is typed. */
export const DigestEditor = ({
  digest,
  isOn = true,
  draft: first,
  sources,
}: {
  digest?: DigestRow | undefined;
  /** Whether a new one is switched on once it is saved. */
  isOn?: boolean;
  draft: DigestDraft;
  sources: readonly SourceRow[];
}) => {
  const schedule = digest?.row.schedule;
  const place = schedule?.id ?? 'new';
  const [start, setStart] = useState(first);
  const [draft, setDraft] = useState(() => takeLeftDraft(place) ?? first);
  const [wrong, setWrong] = useState<Wrong>();
  const form = useRef<HTMLFormElement>(null);
  const toast = useToast();
  const isChanged = draft !== start && asSaved(draft) !== asSaved(start);
  const { forget } = useLeftDraft(place, isChanged ? draft : undefined);
  const { save, isPending, error } = useSaveDigest(schedule, isOn);
  const moment = useMoment();
  const preview = usePreview(draft, schedule?.id, moment.asOf);
  const times = useTimes(draft, schedule?.id);
  const set = (part: Partial<DigestDraft>) => {
    setWrong(undefined);
    setDraft((before) => ({ ...before, ...part }));
  };
  const show = (found: Wrong | undefined) => {
    setWrong(found);
    if (found) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const here = location.hash;
    const read = readDraft(draft);
    if ('field' in read) return show(read);
    const answer = await save(read.schedule);
    if (!answer.ok) return show(wrongAt(answer.error, draft.trigger, draft.sections));
    show(undefined);
    toast({ text: say.saved(answer.result.name) });
    setStart(draft);
    if (schedule) return;
    forget();
    goFrom(here, ['digests', answer.result.id]);
  };
  return (
    <Screen
      title={schedule ? schedule.name : page.newDigest}
      crumb={{ label: title, href: '#/digests' }}
      actions={<Actions digest={digest} isChanged={isChanged} isPending={isPending} />}
    >
      {error && !wrong && <ErrorNote error={error} kept={say.unsavedKept} />}
      <MailBand isWanted={draft.mail && draft.actions.includes('send')} />
      <div className="editor digest-editor">
        <div>
          <DigestForm
            form={form}
            digest={digest}
            draft={draft}
            sources={sources}
            content={preview.isPrevious || preview.error ? undefined : preview.data?.content}
            times={times}
            wrong={wrong}
            onChange={set}
            onSubmit={submit}
          />
          {digest && <LastEditions digest={digest} />}
        </div>
        <PreviewPane
          preview={preview}
          moment={moment}
          canRead={!('field' in readOptions(draft))}
          nextAt={times.data?.next[0]}
          sendsEmpty={draft.sendEmpty}
        />
      </div>
    </Screen>
  );
};

const Actions = ({ digest, isChanged, isPending }: { digest: DigestRow | undefined; isChanged: boolean; isPending: boolean }) => {
  const test = useSendTest(digest, isChanged);
  return (
    <>
      {isChanged && <span className="dim">{say.notSaved}</span>}
      {!digest && <ButtonLink href="#/digests">{say.cancel}</ButtonLink>}
      {digest && (
        <Button icon={<Send aria-hidden="true" />} onClick={test.ask}>
          {actions.sendTest}
        </Button>
      )}
      <Button look="primary" type="submit" form={FORM} isPending={isPending}>
        {say.save}
      </Button>
      {digest && <DigestMenu digest={digest} isOpen />}
      {test.dialog}
    </>
  );
};

/** When the draft would go out, asked from the core once typing pauses. */
const useTimes = (draft: DigestDraft, id: string | undefined): Query<SchedulePreview> => {
  const read = toTrigger(draft.trigger);
  const wanted = 'field' in read ? null : { trigger: read.trigger, timeZone: draft.timeZone, count: 5, ...(id ? { id } : {}) };
  return useQuery('schedules.preview', useSettled(wanted, TRIGGER_PAUSE_MS));
};

const Times = ({ draft, times }: { draft: DigestDraft; times: Query<SchedulePreview> }) => {
  const now = useNow();
  const read = toTrigger(draft.trigger);
  const problem = 'field' in read ? read.message : times.error?.message;
  return (
    <div className="digest-times" aria-live="polite">
      {problem ? (
        <p className="mid">
          {say.notATime} {problem}
        </p>
      ) : (
        times.data && (
          <>
            <p className="mid">
              {times.data.words} <span className="dim">{draft.timeZone}</span>
            </p>
            <ol aria-label={say.nextFive}>
              {times.data.next.map((at) => {
                const label = dueLabel(at, draft.timeZone, now);
                return (
                  <li key={at}>
                    <time dateTime={at} title={timeTooltip(at, draft.timeZone)}>
                      <span className="mono">{label.time}</span> {label.isToday ? dueInline(at, now, draft.timeZone) : label.day}
                    </time>
                  </li>
                );
              })}
            </ol>
          </>
        )
      )}
    </div>
  );
};

type FormProps = FieldsProps & {
  form: RefObject<HTMLFormElement | null>;
  digest: DigestRow | undefined;
  sources: readonly SourceRow[];
  content: EditionContent | undefined;
  times: Query<SchedulePreview>;
  onSubmit: (event: FormEvent) => void;
};

const DigestForm = ({ form, digest, sources, content, times, onSubmit, ...fields }: FormProps) => {
  const { draft, wrong, onChange } = fields;
  const people = digest && { active: digest.recipients.active, href: `#/digests/${digest.row.schedule.id}/people` };
  return (
    <form id={FORM} ref={form} onSubmit={onSubmit} noValidate>
      <Field label={say.name} error={wrong?.field === 'name' ? wrong.message : undefined}>
        {(ids) => (
          <TextInput {...ids} value={draft.name} maxLength={200} onChange={(event) => onChange({ name: event.target.value })} />
        )}
      </Field>
      <h2 className="editor-head">{say.when}</h2>
      <TriggerFields draft={draft} wrong={wrong} onChange={onChange} />
      <LateField {...fields} />
      <Times draft={draft} times={times} />
      <h2 className="editor-head">{say.goesIn}</h2>
      <SectionList
        sections={draft.sections}
        sources={sources}
        content={content}
        wrong={wrong}
        onChange={(sections) => onChange({ sections })}
      />
      <h2 className="editor-head">{say.limits}</h2>
      <LimitFields {...fields} />
      <h2 className="editor-head">{say.who}</h2>
      <WhoFields {...fields} people={people} />
      <h2 className="editor-head">{say.where}</h2>
      <WhereFields {...fields} />
      <MoreDigestFields {...fields} />
    </form>
  );
};
