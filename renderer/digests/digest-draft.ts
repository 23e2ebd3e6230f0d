import type {
  DigestAction,
  DigestOptions,
  DigestOptionsInput,
  DigestSection,
  DigestTone,
} from '../../preload/contract/digest.ts';
import type { NewSchedule, Schedule } from '../../preload/contract/schedule.ts';
import { EMPTY_TRIGGER, fromTrigger, type TriggerForm, toTrigger } from '../ui/trigger-form.ts';
import { words } from '../words/words.ts';

const { editor: say, sections: sayOf } = words.digests;

/** The parts of the work, in their only order; as in the contract, whose schemas the page does not read. */
export const DIGEST_ACTIONS: readonly DigestAction[] = ['scrape', 'generate', 'send'];
/** The kind of the job that a digest is a schedule of. */
export const DIGEST_JOB = 'send-digest';

/** A section as typed. `key` stays with it while it moves. */
export type SectionDraft = {
  key: number;
  title: string;
  kind: DigestSection['from']['kind'];
  folder: string[];
  ids: string[];
  minScore: string;
  maxItems: string;
};
/** When a late edition still goes out; `own` is a rule made elsewhere, which stays as it is. */
export type Late = 'ask' | 'two' | 'any' | 'none' | 'own';

/** Everything the editor of a digest holds, as typed. */
export type DigestDraft = {
  name: string;
  trigger: TriggerForm;
  timeZone: string;
  late: Late;
  sections: SectionDraft[];
  maxItems: string;
  daysBack: string;
  maxPerDomain: string;
  tone: DigestTone;
  allowRepeats: boolean;
  sendEmpty: boolean;
  actions: DigestAction[];
  testMode: boolean;
  testTo: string;
  mail: boolean;
  eml: boolean;
  html: boolean;
  feed: boolean;
  webhook: string;
};
/** A field, by its name in the draft, `trigger.X` or `section.KEY.X`, and what is wrong with it. */
export type Wrong = { field: string; message: string };

/** What an empty form has; as the contract's defaults. */
export const EMPTY_OPTIONS: DigestOptions = {
  actions: [...DIGEST_ACTIONS],
  sections: [{ from: { kind: 'all' } }],
  maxItems: 20,
  daysBack: 1,
  maxPerDomain: 3,
  allowRepeats: false,
  tone: 'professional',
  sendEmpty: false,
  testMode: false,
  sinks: { mail: true, eml: false, html: false, feed: false },
};

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};
const typed = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value));

const sectionDraft = ({ title, from, minScore, maxItems }: DigestSection): SectionDraft => ({
  key: nextKey(),
  title: title ?? '',
  kind: from.kind,
  folder: from.kind === 'folder' ? from.folder : [],
  ids: from.kind === 'sources' ? from.ids : [],
  minScore: typed(minScore),
  maxItems: typed(maxItems),
});
/** What a new section begins with. */
export const newSection = (): SectionDraft => sectionDraft({ from: { kind: 'hacker-news' }, maxItems: 5 });

type Rule = Pick<Schedule, 'missed' | 'graceMinutes'>;
const lateOf = ({ missed, graceMinutes }: Rule): Late => {
  if (missed === 'ask') return graceMinutes === undefined ? 'ask' : 'own';
  if (missed === 'skip') return graceMinutes === undefined ? 'none' : 'own';
  if (graceMinutes === undefined) return 'any';
  return graceMinutes === 120 ? 'two' : 'own';
};
const LATE: Record<Exclude<Late, 'own'>, Pick<NewSchedule, 'missed' | 'graceMinutes'>> = {
  ask: { missed: 'ask', graceMinutes: null },
  two: { missed: 'run-once', graceMinutes: 120 },
  any: { missed: 'run-once', graceMinutes: null },
  none: { missed: 'skip', graceMinutes: null },
};

/** A stored digest, or one from a template, as the editor begins with it. */
export const draftOf = (
  schedule: Pick<Schedule, 'name' | 'trigger' | 'timeZone'> & Rule,
  { sinks, ...options }: DigestOptions,
): DigestDraft => ({
  name: schedule.name,
  trigger: fromTrigger(schedule.trigger),
  timeZone: schedule.timeZone,
  late: lateOf(schedule),
  sections: options.sections.map(sectionDraft),
  maxItems: typed(options.maxItems),
  daysBack: typed(options.daysBack),
  maxPerDomain: typed(options.maxPerDomain),
  tone: options.tone,
  allowRepeats: options.allowRepeats,
  sendEmpty: options.sendEmpty,
  actions: options.actions,
  testMode: options.testMode,
  testTo: options.testTo ?? '',
  ...sinks,
  webhook: sinks.webhook ?? '',
});

/** What a template says, with the form's own defaults where it says nothing. */
export const draftOfTemplate = (schedule: NewSchedule, zone: string): DigestDraft => {
  const { sinks, ...given } = (schedule.options ?? {}) as Partial<DigestOptionsInput>;
  const options = { ...EMPTY_OPTIONS, ...given, sinks: { ...EMPTY_OPTIONS.sinks, ...sinks } };
  const { missed = 'ask', graceMinutes } = schedule;
  const rule = { missed, ...(typeof graceMinutes === 'number' ? { graceMinutes } : {}) };
  return draftOf(
    { name: schedule.name, trigger: schedule.trigger, timeZone: schedule.timeZone ?? zone, ...rule },
    options as DigestOptions,
  );
};

/** An empty form. */
export const newDraft = (zone: string): DigestDraft =>
  draftOf({ name: '', trigger: { type: 'daily', time: EMPTY_TRIGGER.time }, timeZone: zone, missed: 'ask' }, EMPTY_OPTIONS);

const whole = (text: string, low: number, high: number): number | undefined => {
  const value = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= low && value <= high ? value : undefined;
};
/** A number that may be left out: undefined where nothing is typed, null where it is wrong. */
const optional = (text: string, low: number, high: number): number | undefined | null =>
  text.trim() === '' ? undefined : (whole(text, low, high) ?? null);
const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const fromOf = ({ kind, folder, ids }: SectionDraft): DigestSection['from'] | undefined => {
  if (kind === 'folder') return folder.length > 0 ? { kind, folder } : undefined;
  if (kind === 'sources') return ids.length > 0 ? { kind, ids } : undefined;
  return { kind };
};

const readSection = (draft: SectionDraft): { section: DigestSection } | Wrong => {
  const at = (name: string, message: string): Wrong => ({ field: `section.${draft.key}.${name}`, message });
  const from = fromOf(draft);
  if (!from) return draft.kind === 'folder' ? at('folder', sayOf.folderWrong) : at('ids', sayOf.sourcesWrong);
  const minScore = optional(draft.minScore, 0, 100_000);
  if (minScore === null) return at('minScore', sayOf.pointsWrong);
  const maxItems = optional(draft.maxItems, 1, 100);
  if (maxItems === null) return at('maxItems', sayOf.capWrong);
  const title = draft.title.trim();
  return {
    section: {
      from,
      ...(title ? { title } : {}),
      ...(minScore === undefined ? {} : { minScore }),
      ...(maxItems === undefined ? {} : { maxItems }),
    },
  };
};

const readSections = (drafts: readonly SectionDraft[]): { sections: DigestSection[] } | Wrong => {
  if (drafts.length === 0) return { field: 'sections', message: sayOf.atLeastOne };
  const sections: DigestSection[] = [];
  for (const draft of drafts) {
    const read = readSection(draft);
    if ('field' in read) return read;
    sections.push(read.section);
  }
  return { sections };
};

type Limits = Pick<DigestOptions, 'maxItems' | 'daysBack' | 'maxPerDomain'>;
const readLimits = (draft: DigestDraft): Limits | Wrong => {
  const maxItems = whole(draft.maxItems, 1, 200);
  if (maxItems === undefined) return { field: 'maxItems', message: say.maxItemsWrong };
  const daysBack = whole(draft.daysBack, 1, 90);
  if (daysBack === undefined) return { field: 'daysBack', message: say.daysBackWrong };
  const maxPerDomain = optional(draft.maxPerDomain, 1, 100);
  if (maxPerDomain === null) return { field: 'maxPerDomain', message: say.perSiteWrong };
  return { maxItems, daysBack, maxPerDomain: maxPerDomain ?? null };
};

/** The digest the editor says, or the first thing that is wrong with it. */
export const readOptions = (draft: DigestDraft): { options: DigestOptions } | Wrong => {
  const read = readSections(draft.sections);
  if ('field' in read) return read;
  const limits = readLimits(draft);
  if ('field' in limits) return limits;
  const webhook = draft.webhook.trim();
  if (webhook !== '' && !isWebAddress(webhook)) return { field: 'webhook', message: say.webhookWrong };
  const isWhole = !draft.actions.includes('send') || draft.actions.includes('generate');
  if (draft.actions.length === 0 || !isWhole) return { field: 'actions', message: say.stepsWrong };
  const testTo = draft.testTo.trim();
  const { tone, allowRepeats, sendEmpty, testMode, mail, eml, html, feed } = draft;
  return {
    options: {
      actions: DIGEST_ACTIONS.filter((action) => draft.actions.includes(action)),
      sections: read.sections,
      ...limits,
      allowRepeats,
      tone,
      sendEmpty,
      testMode,
      ...(testTo ? { testTo } : {}),
      sinks: { mail, eml, html, feed, ...(webhook ? { webhook } : {}) },
    },
  };
};

/** The whole draft as it is saved. */
export const readDraft = (draft: DigestDraft): { schedule: NewSchedule } | Wrong => {
  const name = draft.name.trim();
  if (name === '') return { field: 'name', message: say.giveName };
  const trigger = toTrigger(draft.trigger);
  if ('field' in trigger) return { field: `trigger.${trigger.field}`, message: trigger.message };
  const read = readOptions(draft);
  if ('field' in read) return read;
  return {
    schedule: {
      name: name.slice(0, 200),
      jobKind: DIGEST_JOB,
      trigger: trigger.trigger,
      timeZone: draft.timeZone,
      ...(draft.late === 'own' ? {} : LATE[draft.late]),
      options: read.options,
    },
  };
};

/** A draft without what only tells its sections apart, to see whether something changed. */
export const asSaved = (draft: DigestDraft): string =>
  JSON.stringify({ ...draft, sections: draft.sections.map(({ key: _key, ...section }) => section) });
