import { words } from '../words/words.ts';

const { opmlFile: say } = words.sources;

/** The longest list a question to the core may carry, in characters. */
export const MAX_OPML_CHARS = 1_000_000;
/** Read at most so many bytes; four a character is the worst encoding. */
const MAX_OPML_BYTES = MAX_OPML_CHARS * 4;

const MARKS: { bytes: number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

const declared = (bytes: Uint8Array): string | undefined => {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1];
};

/** Text of an XML file: byte order mark, then its declaration, then UTF-8 (XML 1.0, appendix F). */
export const decodeXml = (bytes: Uint8Array): string => {
  const mark = MARKS.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  const encoding = mark?.encoding ?? declared(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return new TextDecoder('utf-8').decode(bytes);
  }
};

/** A file as the page gets it. */
export type OpmlFile = { name: string; size: number; arrayBuffer: () => Promise<ArrayBuffer> };

/** The list in a file, or a sentence saying why it cannot be read. */
export const readOpmlFile = async (file: OpmlFile): Promise<{ text: string } | { message: string }> => {
  if (file.size === 0) return { message: say.isEmpty(file.name) };
  if (file.size > MAX_OPML_BYTES) return { message: say.isTooLarge(file.name) };
  try {
    const text = decodeXml(new Uint8Array(await file.arrayBuffer()));
    if (text.length > MAX_OPML_CHARS) return { message: say.isTooLarge(file.name) };
    return { text };
  } catch {
    return { message: say.couldNotBeRead(file.name) };
  }
};
