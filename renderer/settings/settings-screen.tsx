import { Fragment, useState } from 'react';
import { useQuery } from '../client/use-query.ts';
import type { ViewState } from '../client/view-state.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextInput } from '../ui/field.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { SectionHead } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { type Item, matching, type Part, type SectionId } from './item.ts';
import { ITEMS } from './items.tsx';
import { useSettings } from './use-settings.ts';
import './settings.css';

const { screen: say } = words.settings;
const SECTIONS = Object.keys(say.sections) as SectionId[];

const bySection = (items: readonly Item[]): { id: SectionId; items: Item[] }[] =>
  SECTIONS.map((id) => ({ id, items: items.filter(({ section }) => section === id) })).filter((one) => one.items.length > 0);

/** Everything that can be set, each with what it does. */
export const SettingsScreen = ({ view }: { view: ViewState }) => {
  const { settings, error, reload, errors, change } = useSettings();
  const status = useQuery('app.status', {}, ['status.changed']).data;
  const [typed, setTyped] = useState('');
  const part = settings && { settings, errors, change, status };
  const items = part ? ITEMS.filter((item) => item.isThere?.(part) ?? true) : [];
  const sections = bySection(matching(items, typed));
  return (
    <Screen title={say.settings} sub={say.sub} actions={<ButtonLink href="#/help">{say.help}</ButtonLink>}>
      <div className="settings">
        <Contents ids={sections.map(({ id }) => id)} chosen={view.path[1]} />
        <div className="settings-all">
          <div className="settings-find">
            <TextInput
              type="search"
              aria-label={say.find}
              placeholder={say.find}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
            />
          </div>
          {error && <ErrorNote error={error} onRetry={reload} />}
          {!settings && !error && <LoadingBars label={say.reading} />}
          {part && sections.map(({ id, items: rows }) => <Section key={id} id={id} items={rows} part={part} />)}
          {part && sections.length === 0 && (
            <EmptyState title={say.nothingFound} reason={say.nothingFoundReason(typed.trim())}>
              <Button onClick={() => setTyped('')}>{say.showAll}</Button>
            </EmptyState>
          )}
          {status && status.notices.length > 0 && (
            <p className="settings-notices dim">{say.notices(status.notices.length, status.notices.at(-1)?.text ?? '')}</p>
          )}
        </div>
      </div>
    </Screen>
  );
};

const Section = ({ id, items, part }: { id: SectionId; items: Item[]; part: Part }) => (
  <section id={`settings-${id}`} aria-label={say.sections[id]}>
    <SectionHead>{say.sections[id]}</SectionHead>
    {items.map((item) => (
      <Fragment key={item.id}>{item.body(part)}</Fragment>
    ))}
  </section>
);

const Contents = ({ ids, chosen }: { ids: SectionId[]; chosen: string | undefined }) => (
  <nav className="settings-toc" aria-label={say.settings}>
    {ids.map((id, place) => (
      <a
        key={id}
        href={`#/settings/${id}`}
        aria-current={(chosen ? chosen === id : place === 0) ? 'true' : undefined}
        onClick={() => document.getElementById(`settings-${id}`)?.scrollIntoView({ block: 'start' })}
      >
        {say.sections[id]}
      </a>
    ))}
  </nav>
);
