import type { PostDetail } from '../../preload/contract/post.ts';
import { shortWords } from './reading.ts';
import type { PostActions } from './use-post-actions.ts';

/** Below a text: whose it is or why it is short, and the way to the other one. */
export const ArticleChoice = ({ post, actions }: { post: PostDetail; actions: PostActions }) => {
  const why = post.isExtracted ? '' : shortWords(post);
  if (!post.isExtracted && !why) return null;
  const site = post.domain || 'its page';
  return (
    <div className="reader-rest">
      <p>{post.isExtracted ? `This is the article as taken from ${site}.` : why}</p>
      <p className="reader-choices">
        <button type="button" className="link" onClick={() => actions.toggleArticle(post)}>
          {post.isExtracted ? 'Show what the feed gave' : 'Read the article here'}
        </button>{' '}
        <kbd>d</kbd>
        <button type="button" className="link" onClick={() => actions.openPage(post.url)}>
          Open {post.domain || 'the page'}
        </button>
      </p>
    </div>
  );
};
