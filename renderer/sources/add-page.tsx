import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Segments } from '../ui/choices.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { AddFeed } from './add-feed.tsx';
import { AddHackerNews } from './add-hacker-news.tsx';
import { AddOpml } from './add-opml.tsx';

const { addPage: say } = words.sources;

const KINDS = [
  { value: 'feed', label: say.siteOrFeed },
  { value: 'hacker-news', label: say.hackerNews },
  { value: 'opml', label: say.opmlFile },
] as const;

/** Three ways to a new source; which one stands in the address. */
export const AddPage = ({ params }: { params: Record<string, string> }) => {
  const kind = KINDS.find(({ value }) => value === params.kind)?.value ?? 'feed';
  const rows = useQuery('sources.list', {}, ['sources.changed']).data ?? [];
  return (
    <Screen
      title={say.addASource}
      crumb={{ label: say.sources, href: '#/sources' }}
      actions={
        <Segments
          label={say.kindOfSource}
          value={kind}
          options={KINDS}
          onChange={(next) => go(['sources', 'add'], next === 'feed' ? {} : { kind: next }, 'replace')}
        />
      }
    >
      {kind === 'feed' && <AddFeed key={params.url} rows={rows} given={params.url} />}
      {kind === 'hacker-news' && <AddHackerNews rows={rows} />}
      {kind === 'opml' && <AddOpml hasSources={rows.length > 0} />}
    </Screen>
  );
};
