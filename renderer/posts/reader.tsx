import { useEffect, useRef } from 'react';
import type { PostRow } from '../../preload/contract/post.ts';
import { useQuery } from '../client/use-query.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { words } from '../words/words.ts';
import { ReaderBar, type ReaderMoves } from './reader-bar.tsx';
import { ReaderBody } from './reader-body.tsx';
import { ReaderHead } from './reader-head.tsx';
import { useReadingPlace } from './reading-place.ts';
import type { PostActions } from './use-post-actions.ts';
import { useReaderCommands, useTextSize } from './use-reader-commands.ts';
import { useReading } from './use-reading.ts';

const { reader: say } = words;

/** One post, opened: what can be done with it, its head, its text. `row` is what the list knows, newest. */
export const Reader = ({
  id,
  row,
  search,
  actions,
  moves,
  place,
  total,
}: {
  id: string;
  row: PostRow | undefined;
  search: string;
  actions: PostActions;
  moves: ReaderMoves;
  place: number;
  total: number;
}) => {
  const detail = useQuery('posts.get', { id }, ['posts.changed', 'sources.changed']);
  const scroller = useRef<HTMLElement>(null);
  const known = detail.data?.id === id ? detail.data : undefined;
  const reading = useReading(id, known, scroller);
  const textSize = useTextSize();
  const post = row ?? known;
  const onReady = useReadingPlace(scroller, id, post !== undefined);
  useReaderCommands(post, known, reading, scroller, { actions, textSize, onNextUnread: moves.onNextUnread });
  const { shown } = reading.held;
  const hasFrame = Boolean(shown?.html);
  useEffect(() => {
    if (shown && !hasFrame) onReady();
  }, [shown, hasFrame, onReady]);
  if (!post)
    return (
      <div className="reader reader-alone">
        {detail.error ? <ErrorNote error={detail.error} onRetry={detail.reload} /> : <LoadingBars />}
      </div>
    );
  return (
    <div className="reader">
      <ReaderBar post={post} actions={actions} moves={moves} place={place} total={total} reading={reading} textSize={textSize} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="reader-scroll" ref={scroller} tabIndex={0} aria-label={post.title || say.post}>
        <article className="reader-post">
          <ReaderHead post={post} html={shown?.html ?? ''} search={search} onOpen={actions.openPage} />
          {shown && <ReaderBody post={shown} reading={reading} onOpen={actions.openPage} onReady={onReady} />}
          {!shown && (detail.error ? <ErrorNote error={detail.error} onRetry={detail.reload} /> : <LoadingBars rows={3} />)}
        </article>
      </section>
    </div>
  );
};

/** What the reader's place shows while no post is open. */
export const ReaderEmpty = ({ total }: { total: number }) => (
  <div className="reader reader-nothing">
    {total > 0 && (
      <p>
        {say.toChooseFrom(total)} <kbd>j</kbd> {say.opensNext}
      </p>
    )}
  </div>
);
