import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ErrorData } from '../../preload/contract/errors.ts';
import type { ImagePart, PostDetail } from '../../preload/contract/post.ts';
import type { Answer, Client } from '../client/client.ts';
import { useClient } from '../client/client-context.tsx';
import { type ImageState, type ImageStates, REST } from './article-images.ts';

/** Images asked for at once; to one host the core asks one after the other. */
const LANES = 3;
/** Posts whose images were asked for in this window: opened again, they show them again. */
const askedFor = new Set<string>();
/** More parts than an image can have. */
const MOST_PARTS = 20;
const EMPTY: ImageStates = new Map();

/** The images of the open post, and what can be done about them. */
export type PostImages = {
  states: ImageStates;
  /** Loads these; without a list all that are not there yet, from now on also when the post is opened again. */
  load: (keys?: readonly string[]) => void;
  cancel: () => void;
  /** Of those that were asked for last. */
  done: number;
  total: number;
  isLoading: boolean;
  failed: number;
  /** Images that nobody asked for yet. */
  waiting: number;
  /** The connection is away: what was asked for waits. */
  isOffline: boolean;
};

type Loaded = { ok: true; src: string } | { ok: false; error: ErrorData };

/** The bytes of one image, part after part, as an address the frame may show. */
const fetchImage = async (client: Client, id: string, image: string): Promise<Loaded> => {
  const parts: string[] = [];
  let from: number | undefined = 0;
  let type = '';
  for (let turn = 0; from !== undefined && turn < MOST_PARTS; turn += 1) {
    const answer: Answer<ImagePart> = await client.request('posts.image', { id, image, from });
    if (!answer.ok) return { ok: false, error: answer.error };
    parts.push(answer.result.base64);
    type = answer.result.type;
    from = answer.result.next;
  }
  return { ok: true, src: `data:${type};base64,${parts.join('')}` };
};

/** Errors of a way that may be closed for all. */
const MAYBE_OFFLINE: ReadonlySet<string> = new Set(['OFFLINE', 'DNS_FAIL', 'CONN_REFUSED', 'CONN_TIMEOUT', 'CONN_RESET']);
/** Whether an image failed because this computer has no connection, not because of its server. */
const isAway = async (client: Client, loaded: Loaded): Promise<boolean> => {
  if (loaded.ok || !MAYBE_OFFLINE.has(loaded.error.code)) return false;
  if (loaded.error.code === 'OFFLINE') return true;
  const status = await client.request('app.status', {});
  return status.ok && status.result.offlineSince !== undefined;
};

const toState = (loaded: Loaded): ImageState =>
  loaded.ok
    ? { status: 'shown', src: loaded.src }
    : { status: 'failed', message: loaded.error.message, isTracker: loaded.error.field === 'tracker' };

/** One stretch of loading; what is over takes nothing more from its queue. */
type Work = { queue: string[]; isOver: boolean };
const NOTHING = { done: 0, total: 0, isOffline: false };

/** Where each image of the post that is open stands; `known` is the newest, also between two drawings. */
const useStates = () => {
  const known = useRef<ImageStates>(EMPTY);
  const [states, setStates] = useState<ImageStates>(EMPTY);
  const put = useCallback((keys: readonly string[], state: ImageState) => {
    known.current = new Map([...known.current, ...keys.map((key) => [key, state] as const)]);
    setStates(known.current);
  }, []);
  const clear = useCallback(() => {
    known.current = EMPTY;
    setStates(EMPTY);
  }, []);
  return { known, states, put, clear };
};
const isMissing = (states: ImageStates, key: string): boolean => {
  const { status } = states.get(key) ?? REST;
  return status === 'rest' || status === 'failed';
};

/** Loads the images of a post when asked to, in the order of the text; at once where its source, or this window, wants it. */
export const useImages = (post: PostDetail | undefined): PostImages => {
  const client = useClient();
  const { known, states, put, clear } = useStates();
  const [count, setCount] = useState(NOTHING);
  const work = useRef<Work>({ queue: [], isOver: true });
  const id = post?.id ?? '';

  /** What was still waiting waits no more. */
  const stop = useCallback(() => {
    const turn = work.current;
    turn.isOver = true;
    put(turn.queue.splice(0), REST);
    setCount((before) => ({ ...before, total: before.done }));
  }, [put]);
  const runLane = useCallback(
    async (turn: Work) => {
      for (let key = turn.queue.shift(); key !== undefined; key = turn.queue.shift()) {
        const loaded = await fetchImage(client, id, key);
        const isOffline = await isAway(client, loaded);
        if (turn !== work.current) return;
        put([key], isOffline || (turn.isOver && !loaded.ok) ? REST : toState(loaded));
        if (isOffline) stop();
        setCount((before) => ({ ...before, done: before.done + (isOffline ? 0 : 1), isOffline }));
      }
    },
    [client, id, put, stop],
  );
  const begin = useCallback(
    (keys: readonly string[]) => {
      const wanted = keys.filter((key) => isMissing(known.current, key));
      if (wanted.length === 0) return;
      const isNew = work.current.isOver;
      if (isNew) work.current = { queue: [], isOver: false };
      const turn = work.current;
      turn.queue.push(...wanted);
      put(wanted, { status: 'loading' });
      setCount((before) => {
        const from = isNew ? NOTHING : before;
        return { done: from.done, total: from.total + wanted.length, isOffline: false };
      });
      if (!isNew) return;
      void Promise.all(Array.from({ length: LANES }, () => runLane(turn))).then(() => {
        turn.isOver = true;
      });
    },
    [known, put, runLane],
  );

  const keys = (post?.images ?? []).map(({ key }) => key).join(' ');
  const all = useMemo(() => (keys ? keys.split(' ') : []), [keys]);
  const load = useCallback(
    (some?: readonly string[]) => {
      if (!some) askedFor.add(id);
      begin(some ?? all);
    },
    [id, begin, all],
  );
  const cancel = useCallback(() => {
    askedFor.delete(id);
    stop();
  }, [id, stop]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another post has other images
  useEffect(() => {
    work.current = { queue: [], isOver: true };
    clear();
    setCount(NOTHING);
    return () => {
      work.current.queue = [];
    };
  }, [id, clear]);
  const isWanted = post !== undefined && (post.wants?.images === true || askedFor.has(id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a text, and when its source begins to want them
  useEffect(() => {
    if (isWanted) begin(all);
  }, [id, isWanted, all]);

  const isFailed = (key: string): boolean => {
    const state = states.get(key);
    return state?.status === 'failed' && !state.isTracker;
  };
  return {
    states,
    load,
    cancel,
    done: count.done,
    total: count.total,
    isLoading: count.done < count.total,
    failed: all.filter(isFailed).length,
    waiting: all.filter((key) => (states.get(key) ?? REST).status === 'rest').length,
    isOffline: count.isOffline,
  };
};
