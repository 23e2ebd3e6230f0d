import type { Condition, Rule, RuleActions } from '../../preload/contract/rule.ts';
import { dateTime } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { sentence: say, types } = words.rules;

/** The names of sources, by id. */
export type SourceTitles = ReadonlyMap<string, string>;

const valueWords = (condition: Exclude<Condition, { field: 'enclosure' }>, titles: SourceTitles): string => {
  if (condition.field === 'source') return titles.get(condition.value) ?? say.gone;
  if (condition.field === 'folder') return condition.value.join(' / ');
  if (condition.field === 'type') return types[condition.value];
  return String(condition.value);
};

const conditionWords = (condition: Condition, titles: SourceTitles): string =>
  condition.field === 'enclosure'
    ? say.enclosure(condition.operator === 'is')
    : say.condition(condition.field, condition.operator, valueWords(condition, titles));

const muteWords = (until: string | undefined, now: number): string => {
  if (!until) return say.mute;
  const when = dateTime(until, now);
  return Date.parse(until) <= now ? say.muteOver(when) : say.muteUntil(when);
};

const actionWords = ({ mute, markRead, star, highlight, labels, notify, stop }: RuleActions, now: number): string[] => [
  ...(mute ? [muteWords(mute.until, now)] : []),
  ...(markRead ? [say.markRead] : []),
  ...(star ? [say.star] : []),
  ...(highlight ? [say.highlight] : []),
  ...(labels?.length ? [say.label(labels.join(', '))] : []),
  ...(notify ? [say.notify] : []),
  ...(stop ? [say.stop] : []),
];

/** A rule in a sentence: *When the title contains “Rust”: star it, tell me*. */
export const ruleWords = (
  { match, conditions, actions }: Pick<Rule, 'match' | 'conditions' | 'actions'>,
  titles: SourceTitles,
  now: number,
): string => {
  const joint = match === 'all' ? say.and : say.or;
  const asked = conditions.map((condition) => conditionWords(condition, titles)).join(joint);
  return say.when(asked, actionWords(actions, now).join(', '));
};

/** A short name for a rule without one, from the first thing it looks for. */
export const nameFor = ({ conditions }: Pick<Rule, 'conditions'>, titles: SourceTitles): string => {
  const [first] = conditions;
  if (!first || first.field === 'enclosure') return words.rules.fields.enclosure;
  return valueWords(first, titles).slice(0, 100);
};
