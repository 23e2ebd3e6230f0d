import ArrowRight from 'lucide-react/icons/arrow-right';
import Folder from 'lucide-react/icons/folder';
import Newspaper from 'lucide-react/icons/newspaper';
import Play from 'lucide-react/icons/play';
import Rss from 'lucide-react/icons/rss';
import Search from 'lucide-react/icons/search';
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal';
import Tag from 'lucide-react/icons/tag';
import Zap from 'lucide-react/icons/zap';
import type { ReactNode } from 'react';
import type { EntryKind } from './entry.ts';

const ICONS: Record<EntryKind, ReactNode> = {
  here: <Zap />,
  command: <Zap />,
  place: <ArrowRight />,
  schedule: <Play />,
  source: <Rss />,
  folder: <Folder />,
  search: <Search />,
  label: <Tag />,
  setting: <SlidersHorizontal />,
  post: <Newspaper />,
};

/** The picture of what an entry is; the name of its group says it too. */
export const KindIcon = ({ kind }: { kind: EntryKind }) => ICONS[kind];
