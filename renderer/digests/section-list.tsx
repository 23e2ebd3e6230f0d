import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import X from 'lucide-react/icons/x';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { EditionContent } from '../../preload/contract/digest.ts';
import type { SourceRow } from '../../preload/contract/source.ts';
import { announce } from '../ui/announce.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { FieldError } from '../ui/field.tsx';
import { words } from '../words/words.ts';
import { newSection, type SectionDraft, type Wrong } from './digest-draft.ts';
import { SectionFields } from './section-fields.tsx';
import { moved, sectionCount, sectionName, sectionSummary } from './section-words.ts';

const { sections: say } = words.digests;

/** What goes into a digest, in its order: each part is moved, edited where it stands, or removed. */
export const SectionList = ({
  sections,
  sources,
  content,
  wrong,
  onChange,
}: {
  sections: SectionDraft[];
  sources: readonly SourceRow[];
  /** The preview, for the numbers at the right; absent while it answers an older draft. */
  content: EditionContent | undefined;
  wrong: Wrong | undefined;
  onChange: (sections: SectionDraft[]) => void;
}) => {
  const [open, setOpen] = useState<number>();
  const list = useRef<HTMLOListElement>(null);
  const titles = new Map(sources.map(({ source }) => [source.id, source.title]));
  const wrongKey = sections.find(({ key }) => wrong?.field.startsWith(`section.${key}.`))?.key;
  const move = (section: SectionDraft, by: 1 | -1) => {
    const next = moved(sections, section.key, by);
    onChange(next);
    const place = next.findIndex(({ key }) => key === section.key) + 1;
    announce(say.moved(sectionName(section, titles), place, next.length));
  };
  const add = () => {
    const section = newSection();
    onChange([...sections, section]);
    setOpen(section.key);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('li:last-child select')?.focus());
  };
  return (
    <>
      <ol className="parts" aria-label={say.label} ref={list}>
        {sections.map((section, place) => (
          <SectionRow
            key={section.key}
            section={section}
            name={sectionName(section, titles)}
            count={content ? sectionCount(content, place) : ''}
            isFirst={place === 0}
            isLast={place === sections.length - 1}
            isOnly={sections.length === 1}
            isOpen={open === section.key || wrongKey === section.key}
            sources={sources}
            wrong={wrongKey === section.key ? wrong : undefined}
            onOpen={(isOpen) => setOpen(isOpen ? section.key : undefined)}
            onMove={(by) => move(section, by)}
            onRemove={() => onChange(sections.filter(({ key }) => key !== section.key))}
            onChange={(part) => onChange(sections.map((one) => (one.key === section.key ? { ...one, ...part } : one)))}
          />
        ))}
      </ol>
      {wrong?.field === 'sections' && <FieldError>{wrong.message}</FieldError>}
      <div className="part-add">
        <Button look="quiet" icon={<Plus aria-hidden="true" />} onClick={add} disabled={sections.length >= 20}>
          {say.add}
        </Button>
      </div>
    </>
  );
};

type RowProps = {
  section: SectionDraft;
  name: string;
  count: string;
  isFirst: boolean;
  isLast: boolean;
  isOnly: boolean;
  isOpen: boolean;
  sources: readonly SourceRow[];
  wrong: Wrong | undefined;
  onOpen: (isOpen: boolean) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onChange: (part: Partial<SectionDraft>) => void;
};

const SectionRow = (props: RowProps) => {
  const { section, name, count, isFirst, isLast, isOnly, isOpen, onOpen, onMove, onRemove } = props;
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    if (!event.altKey || by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
  };
  return (
    <li className="part">
      <div className="part-head">
        <div className="part-words">
          <b>{name}</b>
          <div className="sub">{sectionSummary(section)}</div>
        </div>
        <span className="dim part-count">{count}</span>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside */}
        <span className="part-actions" onKeyDown={press}>
          {/* Stays in the tab order at the ends, so that moving does not lose the focus. */}
          <IconButton
            label={say.up(name)}
            icon={<ArrowUp aria-hidden="true" />}
            aria-disabled={isFirst || undefined}
            onClick={() => onMove(-1)}
          />
          <IconButton
            label={say.down(name)}
            icon={<ArrowDown aria-hidden="true" />}
            aria-disabled={isLast || undefined}
            onClick={() => onMove(1)}
          />
          <IconButton
            label={say.edit(name)}
            icon={<Pencil aria-hidden="true" />}
            aria-expanded={isOpen}
            onClick={() => onOpen(!isOpen)}
          />
          <IconButton label={say.removeOf(name)} icon={<X aria-hidden="true" />} disabled={isOnly} onClick={onRemove} />
        </span>
      </div>
      {isOpen && <SectionFields {...props} />}
    </li>
  );
};
