import { parseDate } from './dates.ts';
import { LONG_TEXT, type TextRun } from './lift.ts';
import type { FeedLimits } from './limits.ts';

/** What one quick look over the tags tells, without understanding any. */
export type Survey = {
  /** Never less than the true depth; more where end tags are missing. */
  depth: number;
  /** Where items start. */
  starts: number[];
  /** Where the last item ends. */
  lastEnd: number;
  /** Long texts, in order. */
  runs: TextRun[];
};

type Scan = { text: string; noMore: Record<string, boolean> };

/** The end of a tag that starts at `from`: its `>` outside quotes; -1 when there is none. Every quote is looked for once at most. */
const endOfTag = (scan: Scan, from: number): number => {
  let end = scan.text.indexOf('>', from);
  let at = from;
  while (end !== -1) {
    const quote = firstQuote(scan.text, at, end);
    if (quote === -1) return end;
    const mark = scan.text[quote] as string;
    const close = scan.noMore[mark] ? -1 : scan.text.indexOf(mark, quote + 1);
    if (close === -1) {
      scan.noMore[mark] = true;
      return end;
    }
    at = close + 1;
    if (close > end) end = scan.text.indexOf('>', at);
  }
  return -1;
};
const firstQuote = (text: string, from: number, to: number): number => {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 || code === 39) return at;
  }
  return -1;
};

const ITEM = /(?:[\w.-]*:)?(?:item|entry)(?=[\s/>])/iy;
const isItem = (text: string, at: number): boolean => {
  ITEM.lastIndex = at;
  return ITEM.test(text);
};

const skipTo = (text: string, mark: string, from: number): number => {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end + mark.length;
};

/** Where what starts with `<!` or `<?` ends. */
const endOfOther = (text: string, at: number): number => {
  if (text.startsWith('<![CDATA[', at)) return skipTo(text, ']]>', at);
  if (text.startsWith('<!--', at)) return skipTo(text, '-->', at);
  return text.startsWith('<?', at) ? skipTo(text, '?>', at) : at + 2;
};

/** The text behind a tag; an end tag's own rest is no text. */
const textRun = (text: string, from: number, to: number): TextRun[] => {
  const start = text.charCodeAt(from - 1) === GREATER ? from : from + text.slice(from, to).indexOf('>') + 1;
  return text.charCodeAt(start - 1) === GREATER && to - start > LONG_TEXT ? [{ start, end: to, isCdata: false }] : [];
};

/** Looks over all tags once, in linear time. */
export const survey = (text: string): Survey => {
  const scan: Scan = { text, noMore: {} };
  const starts: number[] = [];
  const runs: TextRun[] = [];
  let [depth, deepest, lastEnd] = [0, 0, 0];
  const openTag = (at: number): number => {
    const close = endOfTag(scan, at + 1);
    if (close === -1) return text.length;
    if (text.charCodeAt(close - 1) === SLASH) return close + 1;
    if (isItem(text, at + 1)) starts.push(at);
    depth += 1;
    if (depth > deepest) deepest = depth;
    return close + 1;
  };
  const closeTag = (at: number): number => {
    if (depth > 0) depth -= 1;
    if (isItem(text, at + 2)) lastEnd = skipTo(text, '>', at);
    return at + 2;
  };
  const other = (at: number): number => {
    const end = endOfOther(text, at);
    if (end - at > LONG_TEXT && text.startsWith('<![CDATA[', at) && text.startsWith(']]>', end - 3)) {
      runs.push({ start: at + 9, end: end - 3, isCdata: true });
    }
    return end;
  };
  let at = text.indexOf('<');
  while (at !== -1) {
    const next = text.charCodeAt(at + 1);
    let end = at + 1;
    if (next === SLASH) end = closeTag(at);
    else if (next === BANG || next === QUESTION) end = other(at);
    else if (isNameStart(next)) end = openTag(at);
    at = text.indexOf('<', end);
    if (at - end > LONG_TEXT) runs.push(...textRun(text, end, at));
  }
  return { depth: deepest, starts, lastEnd, runs };
};
const [BANG, SLASH, QUESTION, GREATER] = [33, 47, 63, 62];
const isNameStart = (code: number): boolean => code >= 65 && code !== 91 && code !== 93 && code !== 96;

const DATE =
  /<(?:[\w.-]+:)?(?:pubDate|date|published|updated|issued|modified)(?:\s[^>]{0,200})?>\s*(?:<!\[CDATA\[)?([^<]{4,80})/i;

/** Indexes of the `max` newest of these instants, in their own order; what has no date is older than what has one, and first means newer. */
export const newestOf = (dates: readonly (string | undefined)[], max: number): number[] => {
  const order = dates.map((_, index) => index);
  order.sort((a, b) => (dates[b] ?? '').localeCompare(dates[a] ?? '') || a - b);
  return order.slice(0, max).sort((a, b) => a - b);
};

/** The document with only its newest items, cut out before anything is parsed. */
export const keepNewest = (text: string, { starts, lastEnd }: Survey, limits: FeedLimits): string => {
  const ends = [...starts.slice(1), Math.max(lastEnd, starts.at(-1) ?? 0)];
  const itemAt = (index: number): string => text.slice(starts[index], ends[index]);
  const dates = starts.map((_, index) => parseDate(DATE.exec(itemAt(index).slice(0, 20_000))?.[1] ?? ''));
  const kept = newestOf(dates, limits.items).map(itemAt);
  return [text.slice(0, starts[0]), ...kept, text.slice(ends.at(-1))].join('');
};
