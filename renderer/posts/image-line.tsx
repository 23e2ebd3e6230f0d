import ImageOff from 'lucide-react/icons/image-off';
import type { PostDetail } from '../../preload/contract/post.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { words } from '../words/words.ts';
import type { PostImages } from './use-images.ts';

const { images: say } = words.reader;

const Act = ({ label, keys, onClick }: { label: string; keys?: string; onClick: () => void }) => (
  <span className="nowrap">
    <button type="button" className="link" onClick={onClick} aria-keyshortcuts={keys}>
      {label}
    </button>
    {keys && (
      <>
        {' '}
        <kbd>{keys}</kbd>
      </>
    )}
  </span>
);

/** What is so with the images, in a sentence; empty when there is nothing to say. */
const sentence = (images: PostImages, noAddress: number): string => {
  if (images.isOffline) return say.offline;
  if (images.failed > 0) return say.failed(images.failed);
  if (images.waiting > 0) return say.notLoaded(images.waiting);
  return noAddress > 0 ? say.leftOut(noAddress) : '';
};

/** Above a text: how many images it has, and the one button that loads them. */
export const ImageLine = ({ post, images, onAlways }: { post: PostDetail; images: PostImages; onAlways: () => void }) => {
  const known = post.images?.length ?? 0;
  const noAddress = known > 0 ? 0 : post.blockedImages;
  const text = sentence(images, noAddress);
  const trackers = post.trackers ?? 0;
  if (images.isLoading)
    return (
      <div className="reader-line reader-images" role="status">
        <span>{say.loading(images.done, images.total)}</span>
        <span className="reader-images-bar">
          <ProgressBar label={say.loading(images.done, images.total)} done={images.done} total={images.total} />
        </span>
        <Act label={say.cancel} onClick={images.cancel} />
      </div>
    );
  if (!text && trackers === 0) return null;
  const isStuck = images.isOffline || images.failed > 0;
  return (
    <p className="reader-line reader-images">
      <ImageOff />
      <span>
        {text} {trackers > 0 && say.trackers(trackers)}
      </span>
      {isStuck && <Act label={say.again} keys="i" onClick={() => images.load()} />}
      {!isStuck && images.waiting > 0 && <Act label={say.load(images.waiting)} keys="i" onClick={() => images.load()} />}
      {known > 0 && !post.wants?.images && <Act label={say.always} onClick={onAlways} />}
    </p>
  );
};
