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
import { words } from '../words/words.ts';
import { FolderField } from './folder-field.tsx';
import { LISTS } from './hacker-news-lists.ts';
import { ScoreBars } from './score-bars.tsx';
import { readFolder } from './source-groups.ts';
import { sliderEnd, wouldKeep } from './would-keep.ts';

const { addHackerNews: say } = words.sources;

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
    toast({ text: say.isAddedAndBeingFetched(answer.result.title) });
    void client.request('sources.fetch', { ids: [answer.result.id] });
    goFrom(here, ['sources', answer.result.id]);
  };
  const words = scores ? wouldKeep(scores, minScore) : preview.error ? say.notCounted : say.countingWhatItWouldKeep;
  return (
    <div className="add">
      <form className="source-form" onSubmit={submit} noValidate>
        <h2 className="sources-head">{say.whichStories}</h2>
        <Field label={say.list}>{(ids) => <Select {...ids} value={list} options={LISTS} onChange={setList} />}</Field>
        <Field
          label={say.points}
          help={
            <span aria-live="polite">
              {say.orMore(minScore)} <b className="add-keep">{words}</b>
              {scores ? say.justNow : ''}
            </span>
          }
        >
          {(ids) => (
            <span className="add-points">
              <Slider
                {...ids}
                aria-label={say.pointsSlider}
                value={Math.min(minScore, sliderEnd(scores ?? []))}
                min={0}
                max={sliderEnd(scores ?? [])}
                valueText={say.pointsOrMore(minScore, words)}
                onChange={setMinScore}
              />
              <TextInput
                aria-label={say.pointsNumber}
                inputMode="numeric"
                value={String(minScore)}
                onChange={(event) => setMinScore(clamp(Number(event.target.value), 0, 100_000))}
              />
            </span>
          )}
        </Field>
        <Field label={say.lookAt} help={say.howManyStories} error={isLimitWrong ? say.giveAWholeNumber : undefined}>
          {(ids) => (
            <TextInput {...ids} inputMode="numeric" value={limitText} onChange={(event) => setLimitText(event.target.value)} />
          )}
        </Field>
        <FolderField value={folder} rows={rows} onChange={setFolder} />
        {add.error && <ErrorNote error={add.error} kept={say.nothingWasAdded} />}
        <p className="add-actions">
          <Button look="primary" type="submit" isPending={add.isPending}>
            {say.add} {LISTS.find((one) => one.value === list)?.label}
          </Button>
          <ButtonLink look="quiet" href="#/sources">
            {say.cancel}
          </ButtonLink>
        </p>
      </form>
      <section className="preview" aria-label={say.preview}>
        {preview.error ? (
          <ErrorNote error={preview.error} kept={say.canBeAddedAllTheSame} onRetry={preview.reload} />
        ) : (
          <ScoreBars scores={scores} minScore={minScore} />
        )}
      </section>
    </div>
  );
};
