/*
 * The invented world of the demo: who publishes what. Names, places and stories are made up; hosts are addresses of this machine.
 */

export type DemoFormat = 'rss' | 'atom' | 'rdf' | 'json' | 'rss-091';

export type DemoFeed = {
  /** Short name, also the path of the feed. */
  key: string;
  title: string;
  about: string;
  author?: string;
  language: string;
  format: DemoFormat;
  folder: string[];
  /** How it behaves when asked. */
  mood: 'well' | 'slow' | 'failing';
  /** Posts of this feed carry an audio file. */
  isPodcast?: boolean;
  /** Its posts have pictures, and a dot that counts readers. */
  hasPictures?: boolean;
  titles: string[];
  paragraphs: string[];
};

const TIDE: string[] = [
  'For ninety-one years the harbour office measured the water by hand, twice a day, in pencil. The readings fill forty-four ledgers bound in sailcloth, and until last winter nobody had asked whether they were any good.',
  'They are very good. A team at the hydrographic school has typed in all of them, and the pencil differs from the modern gauge by less than the width of a hand. Where it differs by more, the gauge was usually wrong.',
  'The keepers were told to write down what the water did, not what the book said it would do. That one sentence, painted above the door, is the reason the ledgers are worth reading.',
  'A gap with a reason turns out to be a kind of measurement. From the missing days the team could tell which storms closed the inner harbour, and for how long, eighty years before anybody kept a list.',
  'What to do with the ledgers is not settled. The museum wants the paper, the school wants the numbers, and the last keeper, who is eighty-eight, would like the pencil back.',
];

const STORAGE: string[] = [
  'A planner promises; a disk keeps score. We ran the same forty queries for a month and wrote down both numbers each time, the estimate and the truth, and then drew the one against the other.',
  'The estimates are honest where the data is dull. They go wrong at the edges: the newest hour, the largest customer, the column that used to be empty and is not any more.',
  'None of this needs a cleverer planner. It needs one that remembers what happened the last time it was this sure, and that is a table with four columns.',
  'Durability is a sentence with a subject. Ask who was told what, and when, and most arguments about fsync end by themselves.',
  'We kept the slow path. It is forty lines long, it has run every night for six years, and it is the only part of the system that nobody is afraid of.',
];

const TOOLS: string[] = [
  'This release changes how retries are spaced. A failed step now waits a little longer each time, says so in one line, and never again fills your terminal with the same sentence.',
  'The log can be read aloud. We tried it: each line is a subject, a verb and a number, and when something goes wrong the line before it says what was being attempted.',
  'Upgrading takes one command and no decisions. Old files are read for ever; new ones carry a version in their first line, so that the next change will be as dull as this one.',
  'Thanks to everyone who sent a recording of a build that felt slow. Eleven of the fourteen turned out to be waiting for the same lock, and the lock is gone.',
];

const CITY: string[] = [
  'The night trains arrive on the second and leave on the minute. Between the two lies a piece of paper from 1962, a driver who wanted to go home, and a clock that the town council refused to replace.',
  'Nobody decided that the market should close at four. It closed at four one winter because the lamps were being mended, and in spring people had got used to cooking earlier.',
  'Bridges are counted twice a year, by two people walking in opposite directions. The numbers have agreed since 1987, except in the year when one of the bridges was being painted.',
  'The minutes of the meeting run to nine pages, seven of which are about chairs. The decision itself is one line long and will be felt for thirty years.',
];

const MAPS: string[] = [
  'There are two ways to draw a coastline, and both are wrong. One leaves out what you cannot see from a ship; the other leaves out what you cannot say in a court.',
  'A contour is a promise that nothing surprising happens between two lines. On this sheet the promise was broken by a fence, which the surveyor took for a change of heart.',
  'Colour came late to this map and left early. The yellow has gone, the blue has stayed, and what remains reads better than what was printed.',
  'A legend that nobody reads is a letter to the next cartographer. Shorten it, and you shorten what they will forgive you.',
];

const RUSSIAN: string[] = [
  'Смотритель вёл журнал тридцать лет и ни разу не написал слова «туман». Он писал: «не видно», потому что туман, говорил он, это мнение.',
  'Когда маяк погасили, рыбаки сначала не заметили. Они давно смотрели не на огонь, а на то, как от него расходится темнота.',
  'В музее журнал лежит открытым на пустой странице. Экскурсовод объясняет, что в тот день всё было в порядке.',
];

const JAPANESE: string[] = [
  '川の水位は百年前から同じ石で測られている。石には名前がなく、町の人はただ「あの石」と呼ぶ。',
  '新しい計器が置かれた日、係の人は一日に二回、石と計器の両方を読んで手帳に書いた。数字はほとんど同じだった。',
  '違いがあった日には理由が書いてある。「猫がいた」という日が、一年に三日ある。',
];

const ARABIC: string[] = [
  'في المكتبة القديمة رفّ لا يُعار منه شيء. ليس لأن الكتب نادرة، بل لأن القرّاء تركوا في هوامشها حوارًا لم ينتهِ بعد.',
  'يقول أمين المكتبة إنّ أجمل ما في الفهرس أخطاؤه، فكلّ خطأ يدلّ على كتابٍ كان أحدهم يتمنّى وجوده.',
];

export const DEMO_FEEDS: DemoFeed[] = [
  {
    key: 'vessel-point',
    title: 'Vessel Point Gazette',
    about: 'News and tides from a small harbour.',
    author: 'Ines Harrow',
    language: 'en',
    format: 'rss',
    folder: ['Weather and water'],
    mood: 'well',
    titles: [
      'The harbour that kept its own tide tables for a century',
      'Storm names for the season, and the people who choose them',
      'What the dredger brought up this time',
      'A lighthouse for sale, lamp not included',
      'The ferry will be late, and says so first',
      'Nine ways of tying up a boat, one of them legal',
      'Sandbanks move; the chart follows in spring',
      'The pilot who learned the channel from her uncle',
      'Why the fog signal was turned towards the town',
      'Herring, counted by ear',
      'A short history of the east mole',
      'The sea wall gets a second step',
    ],
    paragraphs: TIDE,
  },
  {
    key: 'slow-databases',
    title: 'Slow Databases',
    about: 'Storage, taken one query at a time.',
    author: 'Tomas Reinholt',
    language: 'en',
    format: 'atom',
    folder: ['Systems'],
    mood: 'well',
    titles: [
      'What the planner promised, and what the disk did',
      'A write is not saved until somebody can say so',
      'The index we removed and the query that noticed',
      'Forty queries, thirty days, one drawing',
      'Counting rows without looking at them',
      'An fsync is a question, not a command',
      'The month in which nothing was vacuumed',
      'How we tested a power cut on a Tuesday',
      'Small tables, large regrets',
      'Two clocks in one transaction',
      'The slow path is the one that works',
      'Reading a journal from its end',
    ],
    paragraphs: STORAGE,
  },
  {
    key: 'halyard',
    title: 'Halyard release notes',
    about: 'What changed in Halyard, a small build tool.',
    language: 'en',
    format: 'atom',
    folder: ['Systems'],
    mood: 'well',
    titles: [
      'Release 6.2: quieter retries, and a log you can read aloud',
      'Release 6.1.3: a lock that waited for itself',
      'Release 6.1.2: paths with spaces, again',
      'Release 6.1: one command to upgrade, none to decide',
      'Release 6.0: the cache forgets politely',
      'Release 5.9: fewer words on success',
      'Release 5.8.1: mends 5.8',
      'Release 5.8: parallel by default, sequential by name',
    ],
    paragraphs: TOOLS,
  },
  {
    key: 'quiet-compiler',
    title: 'Quiet Compiler',
    about: 'Parsers, types and error messages that help.',
    author: 'Mirela Sand',
    language: 'en',
    format: 'json',
    folder: ['Systems'],
    mood: 'well',
    titles: [
      'A parser in four hundred lines that I am no longer ashamed of',
      'Error messages should end in a verb',
      'The type that was only ever a comment',
      'Recovering from a missing bracket without guessing',
      'Ten thousand lines a second is enough',
      'What a formatter may not know',
      'Names are the last thing to optimise',
      'A small grammar for dates that lie',
      'The warning nobody turned off',
      'Trees, but shallow',
      'Testing a compiler with its own mistakes',
      'The day the lexer learned about emoji 🪶',
    ],
    paragraphs: [...TOOLS, ...STORAGE],
  },
  {
    key: 'saltmarsh',
    title: 'Saltmarsh Systems',
    about: 'Notes from people who keep servers near the sea.',
    author: 'Oda Fenn',
    language: 'en',
    format: 'rss',
    folder: ['Systems'],
    mood: 'well',
    titles: [
      'Humidity is a dependency',
      'We replaced the queue with a table and slept better',
      'A pager that apologises',
      'The backup we restored on purpose',
      'Six nines, one of them borrowed',
      'A timeout is a statement about patience',
      'The graph was flat because the sensor was',
      'How to turn a machine off so that it stays off',
      'Postmortem: the certificate that was renewed twice',
      'Our change window is Tuesday, after tea',
    ],
    paragraphs: STORAGE,
  },
  {
    key: 'long-weather',
    title: 'The Long Weather',
    about: 'Climate records, read slowly.',
    author: 'P. Aldous Wren',
    language: 'en',
    format: 'rss',
    folder: ['Weather and water'],
    mood: 'well',
    titles: [
      'A barometer with three owners',
      'The wettest Thursday',
      'Reading frost from school registers',
      'The thermometer on the north wall',
      'Wind roses of a town without a hill',
      'How a cherry orchard keeps the date',
      'The summer that was printed twice',
      'Snow days, counted by the baker',
      'Clouds over the quarry, 1911 to 1946',
      'A drought in the margins of a cookbook',
      'What the ice road remembers',
    ],
    paragraphs: TIDE,
  },
  {
    key: 'meridian',
    title: 'Meridian Rail Journal',
    about: 'Timetables, signals and the people between them.',
    language: 'en',
    format: 'rdf',
    folder: ['The city'],
    mood: 'well',
    titles: [
      'Why our night trains run to the second and our clocks do not',
      'The platform that is four centimetres too long',
      'Signal box 14 closes, its kettle does not',
      'A timetable set in one weight of type',
      'The ticket inspector who draws',
      'Points, frozen: a winter’s list',
      'Where the second track went',
      'The announcement nobody recorded',
      'Sleeping cars come back, slowly',
    ],
    paragraphs: CITY,
  },
  {
    key: 'riverbend',
    title: 'Riverbend Town Record',
    about: 'What the council decided.',
    language: 'en',
    format: 'rss-091',
    folder: ['The city'],
    mood: 'well',
    titles: [
      'Council adopts the chairs',
      'Market to keep its winter hours',
      'Bridge count agrees for the thirty-ninth year',
      'Library extends quiet to the stairs',
      'Lamps on Weir Street: a compromise',
      'The swimming pool opens, weather permitting',
      'A tree receives an address',
    ],
    paragraphs: CITY,
  },
  {
    key: 'plain-cartography',
    title: 'Plain Cartography',
    about: 'Notes on drawing the world with less ink.',
    author: 'Odile Marsh',
    language: 'en',
    format: 'atom',
    folder: ['Maps'],
    mood: 'well',
    hasPictures: true,
    titles: [
      'Two ways to draw a coastline, both wrong',
      'The contour that was a fence',
      'A legend nobody reads, and how to shorten it',
      'Hachures: a defence',
      'Drawing a coast, Part 4 of 4',
      'Colour for the colour-blind, on paper that yellows',
      'North is a habit',
      'The island that was a coffee stain',
      'Lettering along a river',
      'Scale bars for people who walk',
    ],
    paragraphs: MAPS,
  },
  {
    key: 'harbour-radio',
    title: 'Harbour Radio',
    about: 'A podcast about work near water.',
    author: 'Ines Harrow and Jo Quill',
    language: 'en',
    format: 'rss',
    folder: ['Weather and water'],
    mood: 'well',
    isPodcast: true,
    titles: [
      'Episode 31: The last lock keeper',
      'Episode 30: Rope',
      'Episode 29: A crane called Margaret',
      'Episode 28: Low water',
      'Episode 27: The customs of customs',
      'Episode 26: Ice on the inside',
    ],
    paragraphs: TIDE,
  },
  {
    key: 'severny-bereg',
    title: 'Северный берег',
    about: 'Записки о море и людях.',
    author: 'Анна Соловьёва',
    language: 'ru',
    format: 'rss',
    folder: ['Elsewhere'],
    mood: 'well',
    titles: [
      'Маяк, который тридцать лет вёл один смотритель',
      'Слово «туман» в судовых журналах',
      'Карта, нарисованная по памяти',
      'Почему лёд звучит',
      'Паром уходит без опозданий',
    ],
    paragraphs: RUSSIAN,
  },
  {
    key: 'kawa-no-ishi',
    title: '川の石',
    about: '川と町の小さな記録。',
    language: 'ja',
    format: 'atom',
    folder: ['Elsewhere'],
    mood: 'well',
    titles: ['百年同じ石で測る', '計器と手帳の一年', '猫のいた日', '橋の下の時計', '雨の名前を集める人'],
    paragraphs: JAPANESE,
  },
  {
    key: 'hawamish',
    title: 'هوامش',
    about: 'ملاحظات من مكتبة قديمة.',
    language: 'ar',
    format: 'rss',
    folder: ['Elsewhere'],
    mood: 'well',
    titles: ['رفٌّ لا يُعار منه شيء', 'أخطاء الفهرس الجميلة', 'رسالة بين صفحتين'],
    paragraphs: ARABIC,
  },
  {
    key: 'tin-roof',
    title: 'Tin Roof Observatory',
    about: 'Stars, when the line to the hill holds.',
    language: 'en',
    format: 'rss',
    folder: ['Weather and water'],
    mood: 'slow',
    titles: ['First light through a borrowed lens', 'The comet we were told about', 'A dome that turns by hand', 'Dark enough'],
    paragraphs: TIDE,
  },
  {
    key: 'umbra',
    title: 'Umbra Notes',
    about: 'A server that is having a bad month.',
    language: 'en',
    format: 'rss',
    folder: ['Systems'],
    mood: 'failing',
    titles: ['On shadows', 'Penumbra, a correction'],
    paragraphs: MAPS,
  },
];

const HN_SUBJECTS = [
  ['Show HN: I taught a 1987 plotter to draw today’s weather map', 'plotter.example'],
  ['The file format that outlived three companies', 'coppervault.example'],
  ['Ask HN: What do you write down that nobody asked you to?', ''],
  ['A tide gauge made of a jam jar and patience', 'jamjar.example'],
  ['Why the last byte is the slowest', 'lastbyte.example'],
  ['Show HN: Lantern, a spreadsheet that explains itself', 'lantern.example'],
  ['Sorting a library by the colour of its regrets', 'stacks.example'],
  ['The unreasonable calm of append-only files', 'calmfiles.example'],
  ['Ask HN: Is anybody still printing their calendars?', ''],
  ['A keyboard layout for one hand and a cup of tea', 'onehand.example'],
  ['Measuring silence in open-plan offices', 'quietroom.example'],
  ['Show HN: A clock that is right once and says when', 'rightonce.example'],
  ['How our town mapped every bench', 'benches.example'],
  ['The protocol nobody documented because it worked', 'undocumented.example'],
  ['Notes on repairing a loom with a debugger', 'loom.example'],
  ['A database in the shape of a diary', 'diarydb.example'],
  ['Hiring: two people who like small programs (Harbour Works)', 'harbourworks.example'],
  ['What the seismograph heard at the wedding', 'quake.example'],
  ['Show HN: Turn your git log into a tapestry', 'tapestry.example'],
  ['On deleting things properly', 'proper.example'],
] as const;

const HN_TURNS = ['', ' (2019)', ', revisited', ': a follow-up', ' [video]'];

export type DemoStory = {
  id: number;
  title: string;
  url?: string;
  by: string;
  score: number;
  descendants: number;
  ageMinutes: number;
  type: 'story' | 'job';
};

/** A hundred stories, each with its own number, score and age. */
export const DEMO_STORIES: DemoStory[] = Array.from({ length: 100 }, (_, index) => {
  const [title, domain] = HN_SUBJECTS[index % HN_SUBJECTS.length] ?? HN_SUBJECTS[0];
  const turn = HN_TURNS[Math.floor(index / HN_SUBJECTS.length)] ?? '';
  const spread = ((index * 7919) % 97) / 97;
  const score = Math.round(6 + 480 * spread ** 3);
  return {
    id: 47_000_000 + index * 37,
    title: `${title}${turn}`,
    ...(domain ? { url: `https://${domain}/${index + 1}` } : {}),
    by: ['oda', 'reinholt', 'quill', 'msand', 'wren'][index % 5] ?? 'oda',
    score,
    descendants: Math.round(score * (0.1 + ((index * 31) % 13) / 20)),
    ageMinutes: 4 + index * 9,
    type: title.startsWith('Hiring') ? 'job' : 'story',
  };
});
