import RotateCcw from 'lucide-react/icons/rotate-ccw';
import type { ReactNode } from 'react';
import type { FollowedAuthor, GapMap } from '../../preload/contract/gap-map.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { foundWords, missingOf, standWords } from './gap-words.ts';
import { AuthorStrip, SeriesStrip } from './part-strip.tsx';
import { useTryAgain } from './use-try-again.ts';

const { gaps: say } = words;

/** How it stands with a map, in a glyph and words. */
const Stand = ({ map }: { map: GapMap }) => (
  <Status status={missingOf(map) > 0 ? 'missed' : 'completed'}>{standWords(map)}</Status>
);

const How = ({ map }: { map: GapMap }) => (
  <p className="gap-how">
    {[foundWords(map), map.tried.length > 0 ? say.tried(map.tried.join('; ')) : ''].filter(Boolean).join('. ')}
    {(map.tried.length > 0 || foundWords(map)) && '. '}
    {say.looked} <RelativeTime at={map.checkedAt} />
  </p>
);

const Frame = ({
  title,
  place,
  actions,
  children,
}: {
  title: string;
  place: ReactNode;
  actions: ReactNode;
  children: ReactNode;
}) => (
  <li className="gap-row">
    <div className="gap-head">
      <h3 className="gap-title" dir="auto">
        {title}
      </h3>
      <span className="gap-place">{place}</span>
      <span className="gap-actions">{actions}</span>
    </div>
    {children}
  </li>
);

/** One series: its strip, how its parts were found, and a way to look again. */
export const SeriesRow = ({ map, sourceTitle }: { map: GapMap; sourceTitle: string }) => {
  const { tryAgain, isGoing } = useTryAgain('complete-series', { seriesId: map.id });
  const again = missingOf(map) > 0 && (
    <Button
      look="quiet"
      icon={<RotateCcw />}
      isPending={isGoing}
      aria-label={say.tryAgainFor(map.title)}
      onClick={() => void tryAgain()}
    >
      {isGoing ? say.looking : say.tryAgain}
    </Button>
  );
  return (
    <Frame title={map.title} place={sourceTitle} actions={again}>
      <div className="gap-line">
        <SeriesStrip map={map} />
        <Stand map={map} />
      </div>
      <How map={map} />
    </Frame>
  );
};

/** One followed author: a line a year, how the posts were found, look again, or stop following. */
export const AuthorRow = ({ author, map, place }: { author: FollowedAuthor; map: GapMap | undefined; place: string }) => {
  const { tryAgain, isGoing } = useTryAgain('complete-authors', { authorId: author.id });
  const unfollow = useAction('authors.unfollow');
  const followAgain = useAction('authors.follow');
  const toast = useToast();
  const stop = async () => {
    const answer = await unfollow.run({ id: author.id });
    if (!answer.ok) return toast({ text: answer.error.message });
    const { name, on } = author;
    toast({ text: say.unfollowed(name), undo: () => void followAgain.run({ name, on }) });
  };
  const actions = (
    <>
      <Button
        look="quiet"
        icon={<RotateCcw />}
        isPending={isGoing}
        aria-label={say.lookAgain(author.name)}
        onClick={() => void tryAgain()}
      >
        {isGoing ? say.looking : map ? say.tryAgain : say.lookNow}
      </Button>
      <Button look="quiet" aria-label={say.unfollowName(author.name)} onClick={() => void stop()}>
        {say.unfollow}
      </Button>
    </>
  );
  return (
    <Frame title={author.name} place={place} actions={actions}>
      {map ? (
        <>
          <div className="gap-line">
            {map.parts.length > 0 && <AuthorStrip map={map} />}
            <Stand map={map} />
          </div>
          <How map={map} />
        </>
      ) : (
        <p className="gap-how">{say.notYet}</p>
      )}
    </Frame>
  );
};
