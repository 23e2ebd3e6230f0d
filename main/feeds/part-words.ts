/*
 * The words that number the parts of a series, in the languages we know them in. Deliberately not here: episode, issue, volume,
 * number, version, day, week and year. They number things that have no end and of which nobody misses the earlier ones.
 */

/** *Part*, *Teil*, *Partie*, *Parte*, *Deel*, *Del*, *Część*, *Часть*, *Rész* ... and the chapters and lessons of a longer text. */
export const PART_WORDS = [
  'part',
  'pt',
  'chapter',
  'lesson',
  'teil',
  'kapitel',
  'lektion',
  'partie',
  'chapitre',
  'leçon',
  'lecon',
  'parte',
  'capítulo',
  'capitulo',
  'lección',
  'leccion',
  'lição',
  'licao',
  'capitolo',
  'lezione',
  'deel',
  'hoofdstuk',
  'del',
  'osa',
  'część',
  'czesc',
  'část',
  'часть',
  'глава',
  'частина',
  'rész',
  'μέρος',
  'bölüm',
  'الجزء',
  'phần',
] as const;

/** *of*: between the number of a part and how many there are. */
export const OF_WORDS = ['of', 'von', 'de', 'sur', 'di', 'van', 'av', 'af', 'z', 'ze', 'из', 'з', 'von insgesamt'] as const;

const SPELT: readonly (readonly string[])[] = [
  ['one', 'eins', 'un', 'une', 'uno', 'um', 'een', 'ett', 'one'],
  ['two', 'zwei', 'deux', 'dos', 'dois', 'due', 'twee', 'två'],
  ['three', 'drei', 'trois', 'tres', 'três', 'tre', 'drie'],
  ['four', 'vier', 'quatre', 'cuatro', 'quatro', 'quattro', 'fyra'],
  ['five', 'fünf', 'cinq', 'cinco', 'cinque', 'vijf', 'fem'],
  ['six', 'sechs', 'seis', 'sei', 'zes', 'sex'],
  ['seven', 'sieben', 'sept', 'siete', 'sete', 'sette', 'zeven', 'sju'],
  ['eight', 'acht', 'huit', 'ocho', 'oito', 'otto', 'åtta'],
  ['nine', 'neun', 'neuf', 'nueve', 'nove', 'negen', 'nio'],
  ['ten', 'zehn', 'dix', 'diez', 'dez', 'dieci', 'tien', 'tio'],
];
const ROMAN = [
  'i',
  'ii',
  'iii',
  'iv',
  'v',
  'vi',
  'vii',
  'viii',
  'ix',
  'x',
  'xi',
  'xii',
  'xiii',
  'xiv',
  'xv',
  'xvi',
  'xvii',
  'xviii',
  'xix',
  'xx',
];

/** More parts than this make no series that anybody completes. */
export const MOST_PARTS = 50;

/** A Roman numeral up to 20 as a number. */
export const romanNumber = (text: string): number | undefined => {
  const at = ROMAN.indexOf(text.toLowerCase());
  return at < 0 ? undefined : at + 1;
};

/** `2`, `two`, `II` as a number from 1 to 50; undefined for anything else. */
export const partNumber = (text: string): number | undefined => {
  const word = text.toLowerCase();
  if (/^\d{1,2}$/.test(word)) {
    const value = Number(word);
    return value >= 1 && value <= MOST_PARTS ? value : undefined;
  }
  const spelt = SPELT.findIndex((words) => words.includes(word));
  return spelt >= 0 ? spelt + 1 : romanNumber(word);
};

/** Every spelt number, for expressions. */
export const SPELT_WORDS: readonly string[] = [...new Set(SPELT.flat())];

const ANY_PART_WORD = new RegExp(PART_WORDS.join('|'), 'i');
/** A quick look, so that the many texts without any such word cost next to nothing. */
export const mayHoldPartWord = (text: string): boolean => ANY_PART_WORD.test(text);
