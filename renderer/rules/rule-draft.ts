import type { PostDetail } from '../../preload/contract/post.ts';
import type { Condition, Rule, RuleActions, RuleQuestion, TextField, TextOperator } from '../../preload/contract/rule.ts';
import { words } from '../words/words.ts';

const { builder: say } = words.rules;
const DAY_MS = 86_400_000;

export type Field = Condition['field'];
export type Operator = Condition['operator'];

/** A condition as it stands in the form: everything is text. A folder is its path as JSON. */
export type Line = { key: number; field: Field; operator: Operator; value: string };
export type MuteFor = 'always' | 'day' | 'week' | 'month' | 'date' | 'kept';

/** A rule as it stands in the form. */
export type Draft = {
  name: string;
  match: 'all' | 'any';
  lines: Line[];
  mutes: boolean;
  muteFor: MuteFor;
  /** The end the rule has, for `kept`. */
  keptUntil?: string;
  /** `YYYY-MM-DD`, for `date`. */
  date: string;
  markRead: boolean;
  star: boolean;
  highlight: boolean;
  /** With commas between them. */
  labels: string;
  notify: boolean;
  stop: boolean;
};
export type Wrong = { field: string; message: string };

const TEXT_FIELDS: ReadonlySet<Field> = new Set(['title', 'summary', 'body', 'text', 'author', 'domain']);
export const isTextField = (field: Field): field is TextField => TEXT_FIELDS.has(field);
const TEXT_OPERATORS: readonly TextOperator[] = ['contains', 'lacks', 'is', 'is-not', 'starts-with', 'matches'];

/** How a field can be compared. */
export const operatorsOf = (field: Field): readonly Operator[] => {
  if (isTextField(field)) return TEXT_OPERATORS;
  return field === 'score' || field === 'comments' ? ['at-least', 'at-most'] : ['is', 'is-not'];
};

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};
export const emptyLine = (): Line => ({ key: nextKey(), field: 'title', operator: 'contains', value: '' });

/** The line with another field; what was written stays where it can. */
export const withField = (line: Line, field: Field): Line => {
  const [first = 'is'] = operatorsOf(field);
  const keepsValue = isTextField(field) && isTextField(line.field);
  return {
    key: line.key,
    field,
    operator: operatorsOf(field).includes(line.operator) ? line.operator : first,
    value: keepsValue ? line.value : field === 'type' ? 'post' : '',
  };
};

export const newDraft = (): Draft => ({
  name: '',
  match: 'all',
  lines: [emptyLine()],
  mutes: false,
  muteFor: 'always',
  date: '',
  markRead: false,
  star: false,
  highlight: false,
  labels: '',
  notify: false,
  stop: false,
});

const toLine = (condition: Condition): Line => {
  const { field, operator } = condition;
  const value = field === 'enclosure' ? '' : field === 'folder' ? JSON.stringify(condition.value) : String(condition.value);
  return { key: nextKey(), field, operator, value };
};

export const draftOf = ({ name, match, conditions, actions }: Rule): Draft => ({
  ...newDraft(),
  name,
  match,
  lines: conditions.map(toLine),
  mutes: actions.mute !== undefined,
  ...(actions.mute?.until ? { muteFor: 'kept' as const, keptUntil: actions.mute.until } : {}),
  markRead: actions.markRead ?? false,
  star: actions.star ?? false,
  highlight: actions.highlight ?? false,
  labels: (actions.labels ?? []).join(', '),
  notify: actions.notify ?? false,
  stop: actions.stop ?? false,
});

const cutWords = (text: string, most: number): string => {
  if (text.length <= most) return text;
  return text.slice(0, text.lastIndexOf(' ', most) > 0 ? text.lastIndexOf(' ', most) : most);
};

/** What a post suggests: its words, who wrote it, where it is from. */
export const draftFrom = (post: PostDetail, mutes: boolean): Draft => {
  const line = (field: Field, operator: Operator, value: string | undefined): Line[] =>
    value?.trim() ? [{ key: nextKey(), field, operator, value: value.trim() }] : [];
  const lines = [
    ...line('title', 'contains', cutWords(post.title, 60)),
    ...line('author', 'is', post.author?.slice(0, 200)),
    ...line('domain', 'is', post.domain),
    ...line('source', 'is', post.sourceId),
  ];
  return { ...newDraft(), lines: lines.length > 0 ? lines : [emptyLine()], mutes };
};

const readNumber = (text: string): number | undefined =>
  /^\d{1,7}$/.test(text.trim()) && Number(text) <= 1_000_000 ? Number(text) : undefined;

const readLine = ({ field, operator, value }: Line): Condition | string => {
  if (field === 'enclosure') return { field, operator } as Condition;
  if (field === 'score' || field === 'comments') {
    const read = readNumber(value);
    return read === undefined ? say.needsNumber : ({ field, operator, value: read } as Condition);
  }
  if (value.trim() === '') return field === 'source' || field === 'folder' ? say.needsChoice : say.needsWords;
  return { field, operator, value: field === 'folder' ? (JSON.parse(value) as string[]) : value.trim() } as Condition;
};

/** What the form asks, or the first thing that is wrong with it. */
export const readQuestion = ({ match, lines }: Draft): RuleQuestion | Wrong => {
  const conditions: Condition[] = [];
  for (const [at, line] of lines.entries()) {
    const read = readLine(line);
    if (typeof read === 'string') return { field: `conditions.${at}.value`, message: read };
    conditions.push(read);
  }
  return { match, conditions };
};

const PRESETS: Partial<Record<MuteFor, number>> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };

const readMute = (draft: Draft, now: number): RuleActions['mute'] | Wrong => {
  const preset = PRESETS[draft.muteFor];
  if (preset !== undefined) return { until: new Date(now + preset).toISOString() };
  if (draft.muteFor === 'kept' && draft.keptUntil) return { until: draft.keptUntil };
  if (draft.muteFor !== 'date') return {};
  // Local midnight: on that day it is shown again.
  const at = Date.parse(`${draft.date}T00:00:00`);
  return at > now ? { until: new Date(at).toISOString() } : { field: 'actions.mute', message: say.untilMissing };
};

export const labelsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((label) => label.trim().slice(0, 40))
      .filter(Boolean),
  ),
];

/** What the form wants done, or what is wrong with that. `now` in milliseconds. */
export const readActions = (draft: Draft, now: number): RuleActions | Wrong => {
  const mute = draft.mutes ? readMute(draft, now) : undefined;
  if (mute && 'field' in mute) return mute;
  const labels = labelsIn(draft.labels).slice(0, 10);
  const actions: RuleActions = {
    ...(mute ? { mute } : {}),
    ...(draft.markRead ? { markRead: true } : {}),
    ...(draft.star ? { star: true } : {}),
    ...(draft.highlight ? { highlight: true } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    ...(draft.notify ? { notify: true } : {}),
    ...(draft.stop ? { stop: true } : {}),
  };
  return Object.keys(actions).length > 0 ? actions : { field: 'actions', message: say.needsAction };
};

export const isWrong = <Value extends object>(read: Value | Wrong): read is Wrong => 'message' in read;
