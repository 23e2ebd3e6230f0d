import type { PostDetail } from '../../preload/contract/post.ts';
import { ErrorNote } from '../ui/note.tsx';
import { words } from '../words/words.ts';
import { shortWords } from './reading.ts';
import type { ArticleWork, HeldText } from './use-article.ts';

const { article: say } = words.reader;

/** Above a text: that its article is asked for, that it could not be taken, or that another text waits. */
export const ArticleLine = ({ post, held, article }: { post: PostDetail; held: HeldText; article: ArticleWork }) => {
  const site = post.domain || say.itsPage;
  if (held.waiting)
    return (
      <p className="reader-line" role="status">
        {held.waiting.isExtracted && !post.isExtracted ? say.isHere : say.newText}{' '}
        <button type="button" className="link" onClick={held.showNext}>
          {say.show}
        </button>{' '}
        <kbd>d</kbd>
      </p>
    );
  if (article.isAsking)
    return (
      <p className="reader-line" role="status">
        {say.asking(site)}
      </p>
    );
  if (!article.error) return null;
  return (
    <div className="reader-failed">
      <ErrorNote
        error={{ message: `${say.failed} ${article.error.message}` }}
        kept={post.html ? say.failedWhat : say.failedAlone}
        onRetry={article.toggle}
      />
    </div>
  );
};

/** Below a text: whose it is or why it is short, and the way to the other one. */
export const ArticleChoice = ({
  post,
  article,
  onOpen,
}: {
  post: PostDetail;
  article: ArticleWork;
  onOpen: (url: string) => void;
}) => {
  const why = post.isExtracted ? '' : shortWords(post);
  if (!post.isExtracted && !why) return null;
  return (
    <div className="reader-rest">
      <p>{post.isExtracted ? say.taken(post.domain || say.itsPage) : why}</p>
      <p className="reader-choices">
        <button type="button" className="link" onClick={article.toggle}>
          {post.isExtracted ? say.feed : say.read}
        </button>{' '}
        <kbd>d</kbd>
        <button type="button" className="link" onClick={() => onOpen(post.url)}>
          {say.open(post.domain || say.thePage)}
        </button>
      </p>
    </div>
  );
};
