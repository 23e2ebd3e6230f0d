import { type FormEvent, useState } from 'react';
import type { FeedPreview, SourceRow } from '../../preload/contract/source.ts';
import { useClient } from '../client/client-context.tsx';
import { useAction } from '../client/use-action.ts';
import { goFrom } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Field, Select, TextInput } from '../ui/field.tsx';
import { duration } from '../ui/format.ts';
import { ErrorNote, Note } from '../ui/note.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { feedWords, whatToDo } from './discovery-words.ts';
import { FeedPreviewPane } from './feed-preview.tsx';
import { FolderField } from './folder-field.tsx';
import { readFolder } from './source-groups.ts';
import { type Looking, useDiscovery } from './use-discovery.ts';

const { addFeed: say } = words.sources;

const EVERY = [
  { value: '', label: say.asInSettings },
  { value: '15', label: say.every15Minutes },
  { value: '60', label: say.everyHour },
  { value: '180', label: say.every3Hours },
  { value: '720', label: say.every12Hours },
  { value: '1440', label: say.everyDay },
  { value: '10080', label: say.everyWeek },
] as const;

const stateWords = (looking: Looking): string => {
  if (looking.state === 'looking') return say.looking;
  if (looking.state !== 'found') return '';
  const found = looking.discovery.feeds.length;
  return found === 0 ? say.foundNone : say.foundIn(found, duration(looking.discovery.ms));
};

/** A site or a feed by its address: what is behind it, what it would bring, and how to keep it. Nothing is stored before *Add*. `given` is an address to begin with. */
export const AddFeed = ({ rows, given = '' }: { rows: SourceRow[]; given?: string | undefined }) => {
  const [text, setText] = useState(given.slice(0, 2048));
  const [chosen, setChosen] = useState<string>();
  const { looking, look } = useDiscovery(text);
  const feeds = looking.state === 'found' ? looking.discovery.feeds : [];
  const feed = feeds.find(({ feedUrl }) => feedUrl === chosen) ?? feeds[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look();
  };
  return (
    <div className="add">
      <div>
        <form onSubmit={submit} className="add-address">
          <Field label={say.addressOfASiteOrAFeed} help={say.aHomePageWillDo}>
            {(ids) => (
              <span className="add-input">
                <TextInput
                  {...ids}
                  autoFocus
                  spellCheck={false}
                  autoCapitalize="off"
                  inputMode="url"
                  placeholder={say.exampleOrg}
                  maxLength={2048}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
                <span className="add-state dim" role="status">
                  {stateWords(looking)}
                </span>
              </span>
            )}
          </Field>
        </form>
        <Problem looking={looking} onAllow={() => look(true)} onRetry={() => look()} />
        {feeds.length > 0 && feed && (
          <>
            <FeedChoice feeds={feeds} chosen={feed.feedUrl} onChoose={setChosen} />
            <KeepForm key={feed.feedUrl} feed={feed} rows={rows} allowLocal={looking.state === 'found' && looking.allowedLocal} />
          </>
        )}
      </div>
      <FeedPreviewPane feed={feed} isLooking={looking.state === 'looking'} />
    </div>
  );
};

const Problem = ({ looking, onAllow, onRetry }: { looking: Looking; onAllow: () => void; onRetry: () => void }) => {
  if (looking.state === 'found' && looking.discovery.feeds.length === 0) {
    return (
      <Note tone="warn" title={say.thereIsNoFeed}>
        {say.tryAnotherAddress}
      </Note>
    );
  }
  if (looking.state !== 'failed') return null;
  return (
    <Note tone="fail" title={looking.error.message}>
      {say.nothingWasStored(whatToDo(looking.error))}
      <span className="add-problem">
        {looking.error.code === 'ADDR_BLOCKED' && <Button onClick={onAllow}>{say.allowLocalNetwork}</Button>}
        <Button onClick={onRetry}>{say.tryAgain}</Button>
      </span>
    </Note>
  );
};

const FeedChoice = ({
  feeds,
  chosen,
  onChoose,
}: {
  feeds: FeedPreview[];
  chosen: string;
  onChoose: (feedUrl: string) => void;
}) => (
  <fieldset className="add-feeds">
    <legend className="sources-head">{feeds.length === 1 ? say.theFeed : say.feedsOnThisSite}</legend>
    {feeds.map((feed) => (
      <label key={feed.feedUrl} className="add-feed">
        <input type="radio" name="feed" checked={feed.feedUrl === chosen} onChange={() => onChoose(feed.feedUrl)} />
        <span>
          <b>{feed.title}</b>
          <span className="sub add-feed-words">
            {feedWords(feed)}
            {feed.alreadySourceId ? say.alreadyRead : ''}
          </span>
        </span>
      </label>
    ))}
  </fieldset>
);

const KeepForm = ({ feed, rows, allowLocal }: { feed: FeedPreview; rows: SourceRow[]; allowLocal: boolean }) => {
  const [folder, setFolder] = useState('');
  const [every, setEvery] = useState<(typeof EVERY)[number]['value']>('');
  const add = useAction('sources.add');
  const client = useClient();
  const toast = useToast();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const here = location.hash;
    const answer = await add.run({
      kind: 'feed',
      feedUrl: feed.feedUrl,
      title: feed.title.slice(0, 500),
      ...(feed.siteUrl ? { siteUrl: feed.siteUrl } : {}),
      folder: readFolder(folder),
      ...(every ? { everyMinutes: Number(every) } : {}),
      ...(allowLocal ? { allowLocalNetwork: true } : {}),
    });
    if (!answer.ok) return;
    const { id, title } = answer.result;
    toast({ text: say.isAddedAndBeingFetched(title) });
    void client.request('sources.fetch', { ids: [id] });
    goFrom(here, ['sources', id]);
  };
  if (feed.alreadySourceId) {
    return (
      <Note tone="info" title={say.youReadThisAlready}>
        <a className="link" href={`#/sources/${feed.alreadySourceId}`}>
          {say.showIt}
        </a>
      </Note>
    );
  }
  return (
    <form className="source-form" onSubmit={submit}>
      <h2 className="sources-head">{say.howToKeepIt}</h2>
      <FolderField value={folder} rows={rows} onChange={setFolder} />
      <Field label={say.fetch}>{(ids) => <Select {...ids} value={every} options={EVERY} onChange={setEvery} />}</Field>
      {add.error && <ErrorNote error={add.error} kept={say.nothingWasAdded} />}
      <p className="add-actions">
        <Button look="primary" type="submit" isPending={add.isPending}>
          {say.add(feed.title)}
        </Button>
        <ButtonLink look="quiet" href="#/sources">
          {say.cancel}
        </ButtonLink>
      </p>
    </form>
  );
};
