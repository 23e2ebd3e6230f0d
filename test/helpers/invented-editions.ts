import type { EditionsRepository } from '../../main/store/repositories.ts';
import type { DigestTone, Edition, EditionContent, EditionItem } from '../../preload/contract/digest.ts';

export const DIGEST_TONES: readonly DigestTone[] = ['brief', 'professional', 'magazine'];

type Told = Partial<EditionItem> & { title: string; url: string };

let posts = 0;
const item = (section: number, told: Told): EditionItem => {
  posts += 1;
  const domain = URL.parse(told.url)?.hostname ?? '';
  return {
    postId: `post-${posts}`,
    sourceId: 'src',
    section,
    domain,
    sourceTitle: 'Hacker News',
    summary: '',
    why: 'New',
    ...told,
  };
};
const story = (title: string, url: string, score: number, commentCount: number, summary: string): EditionItem => ({
  ...item(0, { title, url, score, commentCount, summary, why: `${score} points in a day` }),
  commentsUrl: `https://news.ycombinator.com/item?id=${4_000 + score}`,
});

const STORIES: EditionItem[] = [
  story(
    'The file format that outlived three companies',
    'https://coppervault.example/format',
    288,
    141,
    'A spreadsheet from 1983 opens today without a converter. The people who made sure of it were never paid to. They met twice a year in the back room of a library, with a list of bytes that nobody else could read any more, and argued until each of them had a name and a page of its own. This is the story of that list, of the one page that is missing, and of the company that asked for it back in 1997 and was told no.',
  ),
  story(
    'I taught a 1987 plotter to draw today’s weather map',
    'https://plotter.example/weather',
    412,
    96,
    'Six pens, one serial cable and a forecast, every morning at seven. The hardest part was not the protocol but the paper.',
  ),
  story(
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsversammlungsprotokoll',
    'https://words.example/a/very/long/path/that/goes/on/and/on/without/any/place/to/break/it/at/all',
    133,
    1,
    'One word, found in a drawer, and what `git log --follow --diff-filter=ARCDMTUXB_without_any_spaces_in_it_at_all_because_why_not` says of it.',
  ),
];

const WATER: EditionItem[] = [
  item(1, {
    title: 'The harbour that kept its own tide tables for a century',
    url: 'https://vesselpoint.example/tides',
    sourceTitle: 'Vessel Point Gazette',
    author: 'Ines Harrow',
    summary: 'Forty-four ledgers in pencil turn out to be better than the gauge.',
    why: 'In 3 sources',
  }),
  item(1, {
    title: '港の潮位表、百年分の鉛筆書きが計器よりも正確だったと判明し、研究者たちが驚いている',
    url: 'https://xn--eckwd4c7c.example/潮位',
    sourceTitle: '港町通信',
    summary: '四十四冊の帳面には毎朝の水位が記されていた。欠けているのは一日だけで、その日は町中が祭りだったという。',
  }),
  item(1, {
    title: 'الميناء الذي احتفظ بجداول المد والجزر لمدة قرن كامل (الجزء 2)',
    url: 'https://mina.example/madd',
    sourceTitle: 'جريدة الميناء',
    summary: 'أربعة وأربعون دفترًا بالقلم الرصاص تبيّن أنها أدق من المقياس، وما زال آخرها يُكتب كل صباح.',
  }),
  item(1, {
    title: 'Rain, sleet and 🌨️ a family 👩‍👩‍👧‍👦 that counts drops 💧: what the gauges said',
    url: 'https://drops.example/',
    sourceTitle: 'Weather & <Water>',
    summary: 'They began with a jam jar. "One < two & three" is still written on its lid.',
  }),
];

const STARRED: EditionItem[] = [
  item(2, {
    title: 'A quiet compiler',
    url: 'https://quiet.example/compiler',
    sourceTitle: 'Quiet Compiler',
    summary: 'It says nothing when it is right.',
    why: 'Starred by you',
  }),
];

/** What an edition of an invented digest says: stories and posts, in several writings, some without a place to break. */
export const inventedContent = (tone: DigestTone = 'professional', change: Partial<EditionContent> = {}): EditionContent => ({
  name: 'Morning desk',
  number: 213,
  at: '2026-10-15T04:30:00.000Z',
  timeZone: 'Europe/Vienna',
  tone,
  isTest: false,
  sections: [
    { title: 'The best of Hacker News', more: 6 },
    { title: 'Weather and water', more: 0 },
    { title: 'Starred by you', more: 0 },
  ],
  items: [...STORIES, ...WATER, ...STARRED],
  more: 6,
  ...change,
});

/** An edition with that content, as it is stored. */
export const inventedEdition = (number: number, change: Partial<Edition> = {}): Edition => {
  const at = new Date(Date.UTC(2026, 9, 15, 4, 30) + (number - 213) * 86_400_000).toISOString();
  return {
    id: `edition-${number}`,
    scheduleId: 'digest-morning',
    key: `digest-morning ${at.slice(0, 10)}`,
    runId: `run-${number}`,
    madeAt: at,
    from: at,
    to: at,
    considered: 61,
    subject: 'Morning desk',
    content: inventedContent('professional', { number, at }),
    sendBegunAt: at,
    ...change,
  };
};

/** One post of an edition. */
export const inventedItem = (change: Partial<EditionItem> = {}): EditionItem => ({ ...(STORIES[0] as EditionItem), ...change });

/** The editions of one digest, in memory. */
export const createMemoryEditions = (editions: readonly Edition[]): Pick<EditionsRepository, 'ofDigest'> => ({
  ofDigest: (scheduleId) =>
    editions.filter((edition) => edition.scheduleId === scheduleId).toSorted((a, b) => b.content.number - a.content.number),
});
