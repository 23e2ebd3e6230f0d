import type { ReactNode } from 'react';
import { useQuery } from '../client/use-query.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { localZone } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { draftOf, draftOfTemplate, newDraft } from './digest-draft.ts';
import { DigestEditor } from './digest-editor.tsx';

const { page: say, title } = words.digests;
const CRUMB = { label: title, href: '#/digests' };

/** The frame of a page about one digest while it is not there: loading, gone, or an error. */
export const DigestFrame = ({ name, children }: { name: string; children: ReactNode }) => (
  <Screen title={name} crumb={CRUMB}>
    {children}
  </Screen>
);

/** It was removed. */
export const DigestGone = () => (
  <EmptyState title={say.gone} reason={say.goneWhy}>
    <ButtonLink href="#/digests">{say.back}</ButtonLink>
  </EmptyState>
);

/** A new digest, from a template where one is named. */
export const NewDigestPage = ({ template }: { template: string | undefined }) => {
  const templates = useQuery('digests.templates', template ? {} : null);
  const sources = useQuery('sources.list', {}, ['sources.changed']);
  if (!sources.data || (template && !templates.data && !templates.error)) {
    return (
      <DigestFrame name={say.newDigest}>
        {sources.error ? (
          <ErrorNote error={sources.error} onRetry={sources.reload} />
        ) : (
          <LoadingBars rows={5} label={say.loading} />
        )}
      </DigestFrame>
    );
  }
  const chosen = templates.data?.find(({ id }) => id === template);
  const draft = chosen ? draftOfTemplate(chosen.schedule, localZone()) : newDraft(localZone());
  return <DigestEditor draft={draft} sources={sources.data} isOn={chosen?.schedule.enabled ?? true} />;
};

/** The editor of a digest; one that changes meanwhile does not overwrite what is being typed. */
export const DigestPage = ({ id }: { id: string }) => {
  const digest = useQuery('digests.get', { id }, ['schedules.changed', 'digests.changed', 'runs.changed', 'settings.changed']);
  const sources = useQuery('sources.list', {}, ['sources.changed']);
  if (digest.error?.code === 'NOT_FOUND')
    return (
      <DigestFrame name={say.edit}>
        <DigestGone />
      </DigestFrame>
    );
  const error = digest.data ? sources.error : digest.error;
  if (!digest.data || !sources.data) {
    const retry = () => (digest.data ? sources.reload() : digest.reload());
    return (
      <DigestFrame name={say.edit}>
        {error ? <ErrorNote error={error} onRetry={retry} /> : <LoadingBars rows={5} label={say.loading} />}
      </DigestFrame>
    );
  }
  const { row, options } = digest.data;
  return <DigestEditor digest={digest.data} draft={draftOf(row.schedule, options)} sources={sources.data} />;
};
