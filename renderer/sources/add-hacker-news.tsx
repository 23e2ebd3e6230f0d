import { type FormEvent, useEffect, useState } from 'react';
import type { HackerNewsList, SourceRow } from '../../preload/contract/source.ts';
import { useClient } from '../client/client-context.tsx';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { goFrom } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Field, Select, Slider, TextInput } from '../ui/field.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { FolderField } from './folder-field.tsx';
import { LISTS } from './hacker-news-lists.ts';
import { ScoreBars } from './score-bars.tsx';
import { readFolder } from './source-groups.ts';
import { sliderEnd, wouldKeep } from './would-keep.ts';

const REST_MS = 500;
const MOST_STORIES = 500;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, Math.round(value) || low));

/** A value that follows another once it has rested. */
const useRested = <Value,>(value: Value): Value => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
};

/** A list of Hacker News with a threshold that can be tried on the scores of this moment. */
export const AddHackerNews = ({ rows }: { rows: SourceRow[] }) => {
  const [list, setList] = useState<HackerNewsList>('top');
  const [minScore, setMinScore] = useState(50);
  const [limitText, setLimitText] = useState('100');
  const limit = clamp(Number(limitText), 1, MOST_STORIES);
  const isLimitWrong = !/^\d+$/.test(limitText.trim()) || Number(limitText) < 1 || Number(limitText) > MOST_STORIES;
  const [folder, setFolder] = useState('');
  const rested = useRested(limit);
  const preview = useQuery('sources.previewHackerNews', { list, limit: rested });
  const scores = preview.isPrevious || rested !== limit ? undefined : preview.data?.scores;
  const add = useAction('sources.add');
  const client = useClient();
  const toast = useToast();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isLimitWrong) return;
    const here = location.hash;
    const answer = await add.run({ kind: 'hacker-news', list, minScore, limit, folder: readFolder(folder) });
    if (!answer.ok) return;
    toast({ text: `${answer.result.title} is added and being fetched` });
    void client.request('sources.fetch', { ids: [answer.result.id] });
    goFrom(here, ['sources', answer.result.id]);
  };
  const words = scores ? wouldKeep(scores, minScore) : 'counting what it would keep';
  return (
    <div className="add">
      <form className="source-form" onSubmit={submit} noValidate>
        <h2 className="sources-head">Which stories</h2>
        <Field label="List">{(ids) => <Select {...ids} value={list} options={LISTS} onChange={setList} />}</Field>
        <Field
          label="Points"
          help={
            <span aria-live="polite">
              {minScore} or more: <b className="add-keep">{words}</b>
              {scores ? ' just now' : ''}
            </span>
          }
        >
          {(ids) => (
            <span className="add-points">
              <Slider
                {...ids}
                aria-label="Points, slider"
                value={Math.min(minScore, sliderEnd(scores ?? []))}
                min={0}
                max={sliderEnd(scores ?? [])}
                valueText={`${minScore} points or more, ${words}`}
                onChange={setMinScore}
              />
              <TextInput
                aria-label="Points, number"
                inputMode="numeric"
                value={String(minScore)}
                onChange={(event) => setMinScore(clamp(Number(event.target.value), 0, 100_000))}
              />
            </span>
          )}
        </Field>
        <Field
          label="Look at"
          help="How many stories of the list, 1 to 500."
          error={isLimitWrong ? 'Give a whole number, 1 to 500.' : undefined}
        >
          {(ids) => (
            <TextInput {...ids} inputMode="numeric" value={limitText} onChange={(event) => setLimitText(event.target.value)} />
          )}
        </Field>
        <FolderField value={folder} rows={rows} onChange={setFolder} />
        {add.error && <ErrorNote error={add.error} kept="Nothing was added." />}
        <p className="add-actions">
          <Button look="primary" type="submit" isPending={add.isPending}>
            Add {LISTS.find((one) => one.value === list)?.label}
          </Button>
          <ButtonLink look="quiet" href="#/sources">
            Cancel
          </ButtonLink>
        </p>
      </form>
      <section className="preview" aria-label="Preview">
        {preview.error ? (
          <ErrorNote error={preview.error} kept="The list can be added all the same." onRetry={preview.reload} />
        ) : (
          <ScoreBars scores={scores} minScore={minScore} />
        )}
      </section>
    </div>
  );
};
