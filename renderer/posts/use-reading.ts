import { type RefObject, useCallback, useState } from 'react';
import type { PostDetail } from '../../preload/contract/post.ts';
import { useClient } from '../client/client-context.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { type ArticleWork, type HeldText, useArticle, useHeldText } from './use-article.ts';
import { type PostImages, useImages } from './use-images.ts';

const { images: say } = words.reader;

/** All that goes on around the text of the open post. */
export type Reading = {
  held: HeldText;
  article: ArticleWork;
  images: PostImages;
  /** Images of its source are loaded from now on; can be undone. */
  alwaysImages: () => void;
  showsChanges: boolean;
  toggleChanges: () => void;
};

/** What can be done with the text of the post that is open, `openId`; `known` is the newest of it, once it is there. */
export const useReading = (openId: string, known: PostDetail | undefined, scroller: RefObject<HTMLElement | null>): Reading => {
  const client = useClient();
  const toast = useToast();
  const held = useHeldText(known, scroller);
  const article = useArticle(openId, known, held);
  const images = useImages(held.shown);
  const [changesOf, setChangesOf] = useState('');
  const id = known?.id ?? '';
  const sourceId = known?.sourceId ?? '';
  const title = known?.sourceTitle ?? '';
  const alwaysImages = useCallback(async () => {
    const set = (isOn: boolean) => client.request('sources.update', { id: sourceId, patch: { images: isOn } });
    const answer = await set(true);
    toast(answer.ok ? { text: say.alwaysDone(title), undo: () => void set(false) } : { text: answer.error.message });
  }, [client, toast, sourceId, title]);
  return {
    held,
    article,
    images,
    alwaysImages: () => void alwaysImages(),
    showsChanges: id !== '' && changesOf === id,
    toggleChanges: () => setChangesOf((before) => (before === id ? '' : id)),
  };
};
