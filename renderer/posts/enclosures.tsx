import Film from 'lucide-react/icons/film';
import Headphones from 'lucide-react/icons/headphones';
import Image from 'lucide-react/icons/image';
import Paperclip from 'lucide-react/icons/paperclip';
import type { Enclosure } from '../../preload/contract/post.ts';
import { bytes, duration } from '../ui/format.ts';
import { words } from '../words/words.ts';

const { files: say } = words.reader;

const fileName = (url: string): string => {
  try {
    const { pathname, hostname } = new URL(url);
    return decodeURIComponent(pathname.split('/').at(-1) ?? '') || hostname;
  } catch {
    return url;
  }
};

type Kind = 'audio' | 'video' | 'picture' | 'file';
const ENDINGS: readonly [Kind, RegExp][] = [
  ['audio', /\.(?:mp3|m4a|ogg|oga|opus|flac|wav|aac)$/i],
  ['video', /\.(?:mp4|m4v|webm|mov|mkv)$/i],
  ['picture', /\.(?:png|jpe?g|gif|webp|avif)$/i],
];

/** What a file is, by the type its feed claims, else by its name. */
export const kindOf = ({ type = '', url }: Pick<Enclosure, 'type' | 'url'>): Kind => {
  const [family] = type.toLowerCase().split('/');
  if (family === 'audio' || family === 'video') return family;
  if (family === 'image') return 'picture';
  return ENDINGS.find(([, ending]) => ending.test(fileName(url)))?.[0] ?? 'file';
};

const ICONS = { audio: <Headphones />, video: <Film />, picture: <Image />, file: <Paperclip /> };

/** `Audio, 18 MB, 42 min`; what the feed does not tell is left out. */
export const aboutFile = (file: Enclosure): string => {
  const kind = kindOf(file);
  const parts = [
    kind === 'file' ? (file.type ?? '') : say[kind],
    file.length ? bytes(file.length) : '',
    file.seconds ? duration(file.seconds * 1000) : '',
  ];
  return parts.filter(Boolean).join(', ');
};

/** The files of a post. Nothing of them is loaded here: the system's own player or browser opens them. */
export const Enclosures = ({ list, onOpen }: { list: readonly Enclosure[]; onOpen: (url: string) => void }) => (
  <section className="reader-extra" aria-label={say.label}>
    <h2>{say.title}</h2>
    <ul>
      {list.map((file) => {
        const kind = kindOf(file);
        const name = fileName(file.url);
        const act = kind === 'audio' || kind === 'video' ? say.play : say.open;
        return (
          <li key={file.url}>
            {ICONS[kind]}
            <span className="trunc" title={name}>
              {name}
            </span>
            <span className="dim nowrap">{aboutFile(file)}</span>
            <button type="button" className="link nowrap" aria-label={`${act}: ${name}`} onClick={() => onOpen(file.url)}>
              {act}
            </button>
          </li>
        );
      })}
    </ul>
  </section>
);
