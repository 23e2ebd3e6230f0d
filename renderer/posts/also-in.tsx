import { Fragment } from 'react';
import type { PostRow } from '../../preload/contract/post.ts';
import { viewHref } from '../client/view-state.ts';
import { words } from '../words/words.ts';

const { alsoIn: say } = words.posts;

/** `Also in Slow Databases, Hacker News`; empty where only one source has the story. */
export const alsoInWords = ({ alsoIn = [] }: PostRow): string => {
  const titles = [...new Set(alsoIn.map((twin) => twin.sourceTitle))];
  return titles.length === 0 ? '' : say.inRow(titles.join(', '));
};

/** Where else the opened story is, each with the way there. */
export const AlsoIn = ({ post: { alsoIn = [] } }: { post: PostRow }) =>
  alsoIn.length > 0 && (
    <p className="reader-also">
      {say.label}{' '}
      {alsoIn.map((twin, place) => (
        <Fragment key={twin.id}>
          {place > 0 && ', '}
          <a className="link" href={viewHref(['posts', 'source', twin.sourceId], { post: twin.id })} dir="auto">
            {twin.sourceTitle}
          </a>
          {!twin.isRead && ` (${say.unread})`}
        </Fragment>
      ))}
    </p>
  );
