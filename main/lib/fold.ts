/** Letters that do not come apart into a letter and a mark. */
const ALSO: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
};
const ALSO_PATTERN = new RegExp(`[${Object.keys(ALSO).join('')}]`, 'g');

/** No character above 127. */
export const isAscii = (text: string): boolean => {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
};

/** As words are compared: lower case, without accents, compatibility forms made plain (NFKD, then put together again). */
export const fold = (text: string): string =>
  isAscii(text)
    ? text.toLowerCase()
    : text
        .toLowerCase()
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .replace(ALSO_PATTERN, (letter) => ALSO[letter] as string)
        .normalize('NFC');
