import { useEffect, useState } from 'react';
import { useClient } from '../client/client-context.tsx';
import { announce, onAnnounce } from '../ui/announce.ts';
import { words } from '../words/words.ts';

const { shell: say } = words;
/** Posts come in source by source; they are told of together, this long after the last. */
const GATHER_MS = 2000;

/** Tells how many posts came in, once for all that came together. */
const useNewPosts = (): void => {
  const client = useClient();
  useEffect(() => {
    let waiting = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = client.on('posts.changed', ({ added }) => {
      if (added <= 0) return;
      waiting += added;
      clearTimeout(timer);
      timer = setTimeout(() => {
        announce(say.newPosts(waiting));
        waiting = 0;
      }, GATHER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);
};

/** What the window says to a screen reader without showing it: where one has come to, what came in. */
export const Announcer = () => {
  const [line, setLine] = useState({ text: '', key: 0 });
  useNewPosts();
  useEffect(() => onAnnounce((text) => setLine((before) => ({ text, key: before.key + 1 }))), []);
  return (
    <div className="visually-hidden" role="status" aria-atomic="true">
      <span key={line.key}>{line.text}</span>
    </div>
  );
};
