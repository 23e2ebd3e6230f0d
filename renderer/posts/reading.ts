import type { PostDetail, PostRow } from '../../preload/contract/post.ts';

const WORDS_A_MINUTE = 230;
const SIGNS_A_MINUTE = 420;

/** How long a text takes to read, in whole minutes; 0 when there is next to nothing. Han and kana count by sign. */
export const readingMinutes = (html: string): number => {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&[#\w]+;/g, ' ');
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const minutes = signs / SIGNS_A_MINUTE + Math.max(0, words - signs / 8) / WORDS_A_MINUTE;
  return minutes < 0.4 ? 0 : Math.max(1, Math.round(minutes));
};

/** The page on which a post is discussed, if there is one. */
export const commentsUrl = (post: PostRow): string | undefined =>
  post.hn ? `https://news.ycombinator.com/item?id=${post.hn.id}` : post.commentsUrl;

/** Whether the feed gave so little that the rest must be on the site. */
export const isShort = (post: PostDetail): boolean => post.html.length < 600 && post.url !== '';
