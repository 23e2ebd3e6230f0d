import type { PostDetail, PostRow } from '../../preload/contract/post.ts';
import { words } from '../words/words.ts';

const { article: say } = words.reader;

const WORDS_A_MINUTE = 230;
const SIGNS_A_MINUTE = 420;

/** How long a text takes to read, in whole minutes; 0 when there is next to nothing. Han and kana count by sign. */
export const readingMinutes = (html: string): number => {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&[#\w]+;/g, ' ');
  const signs = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const wordCount = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const minutes = signs / SIGNS_A_MINUTE + Math.max(0, wordCount - signs / 8) / WORDS_A_MINUTE;
  return minutes < 0.4 ? 0 : Math.max(1, Math.round(minutes));
};

/** The page on which a post is discussed, if there is one. */
export const commentsUrl = (post: PostRow): string | undefined =>
  post.hn ? `https://news.ycombinator.com/item?id=${post.hn.id}` : post.commentsUrl;

const CUT = /(…|\.\.\.|\[(…|\.\.\.)\]|read more|continue reading|weiterlesen|lire la suite)[\s\W]*$/i;
/** Why there is little to read here, in a sentence; empty when the feed seems to carry the whole text. */
export const shortWords = (post: PostDetail): string => {
  if (!post.url) return '';
  if (post.hn && !post.html) return say.storyElsewhere;
  if (!post.html) return post.summary ? say.onlySummary : say.onlyTitle;
  const isCut = post.html.length < 4000 && CUT.test(post.html.replace(/<[^>]*>/g, ' '));
  return isCut ? say.onlyBeginning : '';
};
