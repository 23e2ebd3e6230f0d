import type { MessageParts, ToldMessage } from '../../preload/contract/message.ts';

/** The longest title and text of a message, in characters. Systems show less. */
const MOST_TITLE = 120;
const MOST_BODY = 400;
/** Names of sources in a text. */
const MOST_NAMED = 4;

/** Cut at a character, not in the middle of one. */
export const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const whole = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  return `${whole.trimEnd()}…`;
};

/** Words from outside on one line, without characters that steer a text. Hostile case 172. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** `1 new post`, `1,200 new posts`. */
export const newPosts = (count: number): string => `${count.toLocaleString('en')} new ${count === 1 ? 'post' : 'posts'}`;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** New posts in all. */
export const totalPosts = ({ sources, more }: MessageParts): number => sum(sources.map(({ total }) => total)) + more;

const named = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
};

const ofPosts = (parts: MessageParts): { title: string; body: string } | undefined => {
  const { sources, more } = parts;
  const [only] = sources;
  if (!only) return undefined;
  if (sources.length === 1 && more === 0) {
    const title = only.total === 1 ? only.title : `${only.title}: ${newPosts(only.total)}`;
    return { title, body: only.posts.map((post) => oneLine(post.title) || 'A post without a title').join('\n') };
  }
  const names = named(sources.map(({ title, total }) => `${title} (${total})`));
  return { title: `${newPosts(totalPosts(parts))} from ${more > 0 ? 'more than ' : ''}${sources.length} sources`, body: names };
};

const ofRules = ({ rules }: MessageParts): { title: string; body: string } | undefined => {
  const [only] = rules;
  if (!only) return undefined;
  if (rules.length === 1) return { title: only.name, body: `${newPosts(only.total)} ${only.total === 1 ? 'matches' : 'match'}` };
  const total = sum(rules.map((rule) => rule.total));
  return {
    title: `${newPosts(total)} for ${rules.length} rules`,
    body: rules.map((rule) => `${rule.name}: ${rule.total}`).join(', '),
  };
};

const ofLines = (
  lines: readonly { text: string }[],
  one: string,
  many: (count: number) => string,
): { title: string; body: string } | undefined =>
  lines.length === 0
    ? undefined
    : { title: lines.length === 1 ? one : many(lines.length), body: lines.map(({ text }) => oneLine(text)).join('\n') };

const viewOf = ({ sources, more, rules, problems, digests }: MessageParts): string => {
  const [source] = sources;
  if (source) return sources.length === 1 && more === 0 ? `#/posts/source/${encodeURIComponent(source.id)}` : '#/posts/unread';
  if (rules[0]) return `#/posts/rule/${encodeURIComponent(rules[0].id)}`;
  if (digests.length > 0)
    return digests.length === 1 ? `#/digests/${encodeURIComponent(digests[0]?.scheduleId ?? '')}` : '#/digests';
  return problems.length === 1 && problems[0] ? problems[0].view : '#/sources';
};

/** A message in words: plain text on few lines. What it is about first gives the title; the rest follows in the text. */
export const inWords = (parts: MessageParts): Omit<ToldMessage, 'id'> => {
  const said = [
    ofPosts(parts),
    ofRules(parts),
    ofLines(parts.digests, 'Digest', (count) => `${count} digests`),
    ofLines(parts.problems, 'Needs your attention', (count) => `${count} things need your attention`),
  ].flatMap((one) => one ?? []);
  const [first, ...rest] = said;
  if (parts.isTest)
    return { title: 'A test message of Tidings', body: 'It works: this is how news is told here.', view: '#/settings' };
  if (!first) return { title: 'Tidings', body: '', view: '#/' };
  const body = [first.body, ...rest.map(({ title, body: more }) => `${title}: ${more}`)].join('\n');
  return {
    title: cut(oneLine(first.title), MOST_TITLE),
    body: cut(body.split('\n').map(oneLine).join('\n'), MOST_BODY),
    view: viewOf(parts),
  };
};
