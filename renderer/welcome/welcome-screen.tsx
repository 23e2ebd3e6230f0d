import { useEffect, useMemo, useRef, useState } from 'react';
import type { Client } from '../client/client.ts';
import { useClient } from '../client/client-context.tsx';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button } from '../ui/button.tsx';
import { CheckBox } from '../ui/choices.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useTitle } from '../ui/screen.tsx';
import { useToast } from '../ui/toast.tsx';
import { AskAboutUpdates } from './ask-about-updates.tsx';
import { ImportOpml, PasteAddress } from './bring-your-own.tsx';
import { ImportSettings } from './import-settings.tsx';
import { RestoreHere } from './restore-here.tsx';
import { type Starter, starters } from './starters.ts';
import './welcome.css';
import '../ui/screen.css';
import { words } from '../words/words.ts';

const { welcomeScreen: say } = words.welcome;

const StarterLine = ({ starter, isOn, onChange }: { starter: Starter; isOn: boolean; onChange: (isOn: boolean) => void }) => (
  <li>
    {/* biome-ignore lint/a11y/noLabelWithoutControl: the tick box is inside */}
    <label className="starter">
      <CheckBox isOn={isOn} onChange={onChange} disabled={starter.isFixed} />
      <span className="starter-words">
        <b>{starter.title}</b> <span className="dim">{starter.about}</span>
      </span>
      <span className="mono dim">{starter.rhythm}</span>
    </label>
  </li>
);

/** Adds what was ticked and takes away what was not; tells the first trouble. */
const settle = async (
  client: Client,
  list: readonly Starter[],
  chosen: (starter: Starter) => boolean,
): Promise<string | undefined> => {
  let trouble: string | undefined;
  for (const starter of list) {
    const isOn = chosen(starter);
    if (isOn === starter.isThere || starter.isFixed) continue;
    const answer =
      isOn && starter.feedUrl
        ? await client.request('sources.add', { kind: 'feed', feedUrl: starter.feedUrl, title: starter.title })
        : await client.request('sources.remove', { id: starter.key });
    if (!answer.ok) trouble ??= `${starter.title}: ${answer.error.message}`;
  }
  return trouble;
};

/** Does what was chosen, starts fetching at once, and ends the welcome. */
const useFinish = () => {
  const client = useClient();
  const toast = useToast();
  const [isPending, setIsPending] = useState(false);
  const leave = async () => {
    const from = location.hash;
    const done = await client.request('settings.update', { patch: { welcomed: true, firstSteps: true } });
    if (!done.ok) return toast({ text: done.error.message });
    // Who went elsewhere meanwhile stays there.
    if (location.hash === from) go(['posts', 'today'], {}, 'replace');
  };
  const finish = async (list: readonly Starter[], chosen: (starter: Starter) => boolean) => {
    setIsPending(true);
    const trouble = await settle(client, list, chosen);
    const sources = await client.request('sources.list', {});
    const ids = sources.ok ? sources.result.filter((row) => !row.source.paused).map((row) => row.source.id) : [];
    if (ids.length > 0) await client.request('sources.fetch', { ids });
    await leave();
    setIsPending(false);
    if (trouble) toast({ text: trouble });
  };
  return { finish, leave, isPending };
};

/** The first minute: choose what to read, or bring it, and see posts arrive. */
export const WelcomeScreen = () => {
  const sources = useQuery('sources.list', {}, ['sources.changed']);
  const suggestions = useQuery('sources.suggestions', {});
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { finish, leave, isPending } = useFinish();
  const toast = useToast();
  useTitle(say.welcome);
  const list = useMemo(() => starters(sources.data ?? [], suggestions.data ?? []), [sources.data, suggestions.data]);
  const isOn = (starter: Starter) => changed.get(starter.key) ?? starter.isThere;
  const amount = list.filter(isOn).length;
  const error = sources.error ?? suggestions.error;
  const begin = useRef<HTMLButtonElement>(null);
  const isReady = amount > 0;
  useEffect(() => {
    // Enter alone begins, unless the newcomer is already somewhere else on the page.
    if (isReady && (document.activeElement === document.body || document.activeElement === null)) begin.current?.focus();
  }, [isReady]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <main className="screen welcome" tabIndex={0} aria-label={say.welcome}>
      <div className="welcome-page">
        <h1>
          {say.yourNewsDeskIsReady}
          <br />
          {say.chooseWhatItShouldRead}
        </h1>
        <p className="welcome-lead" id="welcome-lead">
          {say.lead}
        </p>
        {error && <ErrorNote error={error} onRetry={sources.error ? sources.reload : suggestions.reload} />}
        <div className="welcome-columns">
          <section aria-labelledby="begin">
            <h2 id="begin">{say.toBeginWith}</h2>
            {sources.isLoading || suggestions.isLoading ? (
              <LoadingBars label={say.lookingForSuggestions} />
            ) : (
              <ul>
                {list.map((starter) => (
                  <StarterLine
                    key={starter.key}
                    starter={starter}
                    isOn={isOn(starter)}
                    onChange={(on) => setChanged(new Map(changed).set(starter.key, on))}
                  />
                ))}
              </ul>
            )}
            <div className="welcome-go">
              <Button
                ref={begin}
                look="primary"
                size="large"
                isPending={isPending}
                disabled={!isReady}
                aria-describedby="welcome-lead"
                onClick={() => void finish(list, isOn)}
              >
                {isPending ? say.starting : say.fetchNow(amount)}
              </Button>
              <Button look="quiet" onClick={() => void leave()}>
                {say.notNow}
              </Button>
            </div>
          </section>
          <section aria-labelledby="bring">
            <h2 id="bring">{say.orBringYourOwn}</h2>
            <PasteAddress onAdded={(_, title) => toast({ text: say.added(title) })} />
            <ImportOpml onImported={() => sources.reload()} />
            <RestoreHere />
            <ImportSettings />
          </section>
        </div>
        <AskAboutUpdates />
        {status?.host === 'desktop' && <p className="welcome-foot">{say.trayHint}</p>}
      </div>
    </main>
  );
};
