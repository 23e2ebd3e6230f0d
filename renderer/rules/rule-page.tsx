import { useQuery } from '../client/use-query.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { Builder } from './builder.tsx';
import { draftFrom, draftOf, newDraft } from './rule-draft.ts';

const { builder: say, title } = words.rules;
const CRUMB = { label: title, href: '#/rules' };

/** Loads what the builder begins with: a rule, a post, or nothing. What changes meanwhile does not overwrite what is typed. */
export const RulePage = ({ id, from, mutes }: { id: string | undefined; from: string | undefined; mutes: boolean }) => {
  const list = useQuery('rules.list', id ? {} : null);
  const post = useQuery('posts.get', from ? { id: from } : null);
  const sources = useQuery('sources.list', {});
  const error = list.error ?? sources.error;
  if (error)
    return (
      <Screen title={title} crumb={CRUMB}>
        <ErrorNote error={error} onRetry={list.error ? list.reload : sources.reload} />
      </Screen>
    );
  if (!sources.data || (id && !list.data) || (from && !post.data && !post.error))
    return (
      <Screen title={title} crumb={CRUMB}>
        <LoadingBars rows={5} />
      </Screen>
    );
  const rule = list.data?.find((row) => row.rule.id === id)?.rule;
  if (id && !rule)
    return (
      <Screen title={title} crumb={CRUMB}>
        <EmptyState title={say.goneTitle} reason={say.goneReason}>
          <ButtonLink href="#/rules">{say.back}</ButtonLink>
        </EmptyState>
      </Screen>
    );
  const draft = rule ? draftOf(rule) : post.data ? draftFrom(post.data, mutes) : newDraft();
  return <Builder rule={rule} draft={draft} sources={sources.data} fromTitle={post.data?.title} />;
};
