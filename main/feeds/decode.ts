import { isAscii, isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';

export type DecodedText = {
  text: string;
  charset: string;
  /** Some bytes had no meaning in this charset and became U+FFFD. */
  isLossy: boolean;
};

/** Labels that mean more than they say; the rest is iconv-lite's own business. WHATWG Encoding, section 4.2. */
const MEANT: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  gb2312: 'gb18030',
  'x-gbk': 'gb18030',
  gbk: 'gb18030',
  'iso-2022-cn': 'gb18030',
  'x-sjis': 'shift_jis',
  'windows-31j': 'shift_jis',
  'ks_c_5601-1987': 'euc-kr',
  'iso-8859-8-i': 'iso-8859-8',
  utf8: 'utf-8',
  unicode: 'utf-16',
};

const normalLabel = (label: string | undefined): string | undefined => {
  const name = label
    ?.trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  return name ? (MEANT[name] ?? name) : undefined;
};

/** UTF-7 is never read: it hides markup in ASCII. UTF-16 and UTF-32 are read by their mark or their zero bytes only. */
const isUsable = (charset: string | undefined): charset is string =>
  charset !== undefined &&
  !/^(utf-?7|utf-?16|utf-?32|ucs|base64|hex|binary|x-user-defined|replacement|internal)/.test(charset) &&
  (charset === 'iso-2022-jp' || iconv.encodingExists(charset));

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);

/** The charset a byte order mark or the zero bytes around the first `<` or `{` prove. */
const fromMark = (bytes: Uint8Array): { charset: string; skip: number } | undefined => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { charset: 'utf-8', skip: 3 };
  if (startsWith(bytes, 0xff, 0xfe, 0, 0)) return { charset: 'utf-32le', skip: 4 };
  if (startsWith(bytes, 0, 0, 0xfe, 0xff)) return { charset: 'utf-32be', skip: 4 };
  if (startsWith(bytes, 0xff, 0xfe)) return { charset: 'utf-16le', skip: 2 };
  if (startsWith(bytes, 0xfe, 0xff)) return { charset: 'utf-16be', skip: 2 };
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { charset: 'utf-16le', skip: 0 };
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { charset: 'utf-16be', skip: 0 };
  return undefined;
};

/** The name in `<?xml encoding="...">`, read as ASCII from the first kilobyte. */
const fromDeclaration = (bytes: Uint8Array): string | undefined => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  return /<\?xml\s[^>]{0,300}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1];
};

const fromHeader = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1];

/** The detector sees the bytes without tags: markup is ASCII and drowns a short foreign text. */
const sampleOf = (bytes: Uint8Array): Uint8Array => {
  const sample: number[] = [];
  let inTag = false;
  for (let at = 0; at < bytes.length && sample.length < 65_536; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x3c) inTag = true;
    if (!inTag || byte >= 0x80) sample.push(byte);
    if (byte === 0x3e) inTag = false;
  }
  return Uint8Array.from(sample);
};

/** Windows-1252 unless the detector is sure of something else; its guesses among western charsets are not worth more. */
const detect = (bytes: Uint8Array): string => {
  const [best] = analyse(sampleOf(bytes));
  const charset = normalLabel(best?.name);
  if (!best || !isUsable(charset) || best.confidence < 25 || /^(iso-8859-(1|2|9|15)|windows-125(0|2|4)|utf-8)$/.test(charset)) {
    return charset === 'windows-1250' && best && best.confidence > 50 ? charset : 'windows-1252';
  }
  return charset;
};

const decodeAs = (bytes: Uint8Array, charset: string): DecodedText => {
  const text =
    charset === 'utf-8' || charset === 'iso-2022-jp'
      ? new TextDecoder(charset).decode(bytes)
      : iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset, { stripBOM: false });
  return { text, charset, isLossy: text.includes('\ufffd') };
};

/** How many well-formed multi-byte sequences of UTF-8 the bytes hold: damaged UTF-8 has many, another charset next to none. */
const looksLikeDamagedUtf8 = (bytes: Uint8Array): boolean => {
  const text = new TextDecoder('utf-8').decode(bytes);
  let good = 0;
  let bad = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code === 0xfffd) bad += 1;
    else if (code >= 0x80) good += 1;
  }
  return good > bad * 2 || (bad === 1 && text.at(-1) === '\ufffd');
};

/** A byte of escape: ISO-2022 switches its alphabets in plain ASCII. */
const ESCAPE = 0x1b;

/**
 * Bytes as text. Order: byte order mark; strict UTF-8 if it fits and holds a byte above 0x7F; HTTP header;
 * XML declaration; detector. Never UTF-7. Never throws.
 */
export const decode = (bytes: Uint8Array, contentType?: string): DecodedText => {
  const mark = fromMark(bytes);
  if (mark) return decodeAs(bytes.subarray(mark.skip), mark.charset);
  const labels = [fromHeader(contentType), fromDeclaration(bytes)].map(normalLabel);
  if (isAscii(bytes)) {
    const isJapanese = bytes.includes(ESCAPE) && (labels.includes('iso-2022-jp') || analyse(bytes)[0]?.name === 'ISO-2022-JP');
    return decodeAs(bytes, isJapanese ? 'iso-2022-jp' : 'utf-8');
  }
  if (isUtf8(bytes)) return decodeAs(bytes, 'utf-8');
  if (labels.includes('utf-8') || labels.every((label) => !isUsable(label))) {
    if (looksLikeDamagedUtf8(bytes)) return decodeAs(bytes, 'utf-8');
  }
  const named = labels.find((label) => isUsable(label) && label !== 'utf-8');
  return decodeAs(bytes, named ?? detect(bytes));
};
