import type { PostDetail } from '../../preload/contract/post.ts';
import { words } from '../words/words.ts';
import { ArticleChoice, ArticleLine } from './article-choice.tsx';
import { ArticleFrame } from './article-frame.tsx';
import { Enclosures } from './enclosures.tsx';
import { ImageLine } from './image-line.tsx';
import { UpdateLine } from './update-line.tsx';
import type { Reading } from './use-reading.ts';

const { reader: say } = words;

const Text = ({ post, reading, onReady }: { post: PostDetail; reading: Reading; onReady: () => void }) => {
  if (post.html)
    return (
      <ArticleFrame
        html={post.html}
        title={say.textOf(post.title || say.thisPost)}
        images={post.images}
        states={reading.images.states}
        onLoadImage={(key) => reading.images.load([key])}
        onReady={onReady}
      />
    );
  return (
    post.summary && (
      <p className="reader-summary" dir="auto">
        {post.summary}
      </p>
    )
  );
};

/** The text of a post with what belongs to it: updates, images, files, whose text it is. */
export const ReaderBody = ({
  post,
  reading,
  onOpen,
  onReady,
}: {
  post: PostDetail;
  reading: Reading;
  onOpen: (url: string) => void;
  onReady: () => void;
}) => (
  <>
    <UpdateLine post={post} isOpen={reading.showsChanges} onToggle={reading.toggleChanges} />
    <ArticleLine post={post} held={reading.held} article={reading.article} />
    <ImageLine post={post} images={reading.images} onAlways={reading.alwaysImages} />
    <Text post={post} reading={reading} onReady={onReady} />
    {post.enclosures && post.enclosures.length > 0 && <Enclosures list={post.enclosures} onOpen={onOpen} />}
    <ArticleChoice post={post} article={reading.article} onOpen={onOpen} />
  </>
);
