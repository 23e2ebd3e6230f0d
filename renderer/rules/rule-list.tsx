import { useMemo } from 'react';
import type { RuleRow } from '../../preload/contract/rule.ts';
import { useQuery } from '../client/use-query.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { ApplyingNow } from './applying-now.tsx';
import { RuleFiles } from './rule-files.tsx';
import { RuleRowView } from './rule-row.tsx';
import type { SourceTitles } from './rule-words.ts';

const { rules: say } = words;

const COLUMNS: Column[] = [
  { head: say.columns.on, width: '46px' },
  { head: say.columns.rule },
  { head: say.columns.hides, width: '132px' },
  { head: say.columns.actions, width: '76px', isHeadHidden: true },
];

/** Names of sources, for rules that are about one. */
export const useSourceTitles = (): SourceTitles => {
  const rows = useQuery('sources.list', {}, ['sources.changed']).data;
  return useMemo(() => new Map((rows ?? []).map(({ source }) => [source.id, source.title])), [rows]);
};

/** The rules in the order they are asked. */
export const RuleList = () => {
  const list = useQuery('rules.list', {}, ['rules.changed', 'posts.changed']);
  const counts = useQuery('posts.counts', {}, ['posts.changed', 'rules.changed']).data;
  const titles = useSourceTitles();
  const now = useNow();
  const rows = list.data ?? [];
  const on = rows.filter(({ rule }) => rule.enabled).length;
  return (
    <Screen
      title={say.title}
      sub={rows.length > 0 && say.sub(on, rows.length - on)}
      actions={
        <>
          <RuleFiles hasRules={rows.length > 0} />
          <ButtonLink href="#/rules/new">{say.newRule}</ButtonLink>
        </>
      }
    >
      {list.error && <ErrorNote error={list.error} kept={say.kept} onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={4} />}
      <ApplyingNow />
      {list.data && rows.length === 0 && (
        <EmptyState title={say.emptyTitle} reason={say.emptyReason}>
          <ButtonLink href="#/rules/new">{say.newRule}</ButtonLink>
        </EmptyState>
      )}
      {rows.length > 0 && <RuleTable rows={rows} titles={titles} now={now} />}
      {counts !== undefined && (counts.muted ?? 0) > 0 && (
        <p className="rules-foot">
          <a className="link" href="#/posts/muted">
            {say.allHidden(counts.muted ?? 0)}
          </a>
        </p>
      )}
    </Screen>
  );
};

const RuleTable = ({ rows, titles, now }: { rows: readonly RuleRow[]; titles: SourceTitles; now: number }) => (
  <div className="rules">
    <Table label={say.title} columns={COLUMNS}>
      {rows.map((row) => (
        <RuleRowView key={row.rule.id} row={row} order={rows.map(({ rule }) => rule.id)} titles={titles} now={now} />
      ))}
    </Table>
  </div>
);
