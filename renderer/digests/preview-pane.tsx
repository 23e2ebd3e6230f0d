import { useState } from 'react';
import type { DigestPreview, WantedDigestPreview } from '../../preload/contract/digest.ts';
import { type Query, useQuery } from '../client/use-query.ts';
import { Segments } from '../ui/choices.tsx';
import { bytes, dueInline } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useNow } from '../ui/use-now.ts';
import { useSettled } from '../ui/use-settled.ts';
import { words } from '../words/words.ts';
import { type DigestDraft, readOptions } from './digest-draft.ts';
import { LookChoices, MailView, useLook, WhyIn } from './mail-view.tsx';

const { preview: say, list, editor } = words.digests;
const PAUSE_MS = 350;
/** Larger letters are cut by some mail programs. */
const CUT_BYTES = 102_000;
const WHICH = [
  { value: 'next', label: say.next },
  { value: 'asOf', label: say.asOf },
] as const;

/** For which moment the preview is made: now, or a wall-clock time of this computer as typed. */
export const useMoment = () => {
  const [which, setWhich] = useState<'next' | 'asOf'>('next');
  const [at, setAt] = useState('');
  const ms = Date.parse(at);
  return { which, setWhich, at, setAt, asOf: which === 'asOf' && !Number.isNaN(ms) ? new Date(ms).toISOString() : undefined };
};
export type Moment = ReturnType<typeof useMoment>;

/** The edition the draft would make, asked from the core once typing pauses; answers to older drafts are dropped. */
export const usePreview = (
  draft: DigestDraft,
  scheduleId: string | undefined,
  asOf: string | undefined,
): Query<DigestPreview> => {
  const read = readOptions(draft);
  const wanted: WantedDigestPreview | null =
    'field' in read
      ? null
      : {
          name: draft.name.trim() || editor.name,
          timeZone: draft.timeZone,
          options: read.options,
          ...(scheduleId ? { scheduleId } : {}),
          ...(asOf ? { asOf } : {}),
        };
  return useQuery('digests.preview', useSettled(wanted, PAUSE_MS));
};

/** A week ago at eight in the morning, as the field for it writes it. */
const lastWeek = (now: number): string => {
  const day = new Date(now - 7 * 86_400_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T08:00`;
};

/** The mail beside the form: as it would go out next, or as it would have been then. */
export const PreviewPane = ({
  preview,
  moment,
  canRead,
  nextAt,
  sendsEmpty,
}: {
  preview: Query<DigestPreview>;
  moment: Moment;
  /** What is typed can be read; else the last preview stays. */
  canRead: boolean;
  nextAt: string | undefined;
  sendsEmpty: boolean;
}) => {
  const look = useLook();
  const now = useNow();
  const choose = (which: 'next' | 'asOf') => {
    moment.setWhich(which);
    if (moment.at === '') moment.setAt(lastWeek(now));
  };
  return (
    <section className="mail-pane" aria-label={say.label} aria-busy={preview.isLoading || preview.isPrevious}>
      <div className="mail-bar">
        <span className="mail-choices">
          <Segments label={say.which} value={moment.which} options={WHICH} onChange={choose} />
          {moment.which === 'asOf' && (
            <input
              type="datetime-local"
              className="input mail-at"
              aria-label={say.asOfField}
              title={say.asOfHelp}
              value={moment.at}
              onChange={(event) => moment.setAt(event.target.value)}
            />
          )}
        </span>
        <LookChoices look={look} />
      </div>
      {preview.error && <ErrorNote error={preview.error} kept={editor.unsavedKept} onRetry={preview.reload} />}
      {preview.isLoading && <LoadingBars rows={6} label={say.making} />}
      {!canRead && !preview.data && <p className="dim">{say.waiting}</p>}
      {preview.data && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
          <div className="mail-scroll" role="group" tabIndex={0} aria-label={say.frame}>
            <MailView mail={preview.data} look={look} />
          </div>
          <Facts
            preview={preview.data}
            note={moment.which === 'asOf' ? say.replayed : say.fixed(nextAt ? dueInline(nextAt, now) : list.off.toLowerCase())}
            sendsEmpty={sendsEmpty}
          />
          <WhyIn content={preview.data.content} />
        </>
      )}
    </section>
  );
};

const Facts = ({ preview, note, sendsEmpty }: { preview: DigestPreview; note: string; sendsEmpty: boolean }) => {
  const { content, considered } = preview;
  if (content.items.length === 0) return <p className="mail-facts">{sendsEmpty ? say.whyNothingMailed : say.whyNothing}</p>;
  return (
    <p className="mail-facts">
      {say.facts(content.items.length, bytes(preview.bytes))} {say.looked(considered)} {note}{' '}
      {preview.bytes > CUT_BYTES && <span className="mail-large">{say.largest}</span>}
    </p>
  );
};
