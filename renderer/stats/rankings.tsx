import { type ReactNode, useState } from 'react';
import type { Stats } from '../../preload/contract/stats.ts';
import { LyingBar } from '../ui/bar-chart.tsx';
import { Button } from '../ui/button.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';
import { openedFinding } from './findings.ts';
import { authorHref, domainHref, sourceHref } from './to-posts.ts';

const { ranking: say, findings } = words.stats;

type Ranked = { key: string; name: string; href: string; posts: number; read: number };
const MOST = 20;

/** Names by posts, most first, with the share that was opened; each name leads to its posts. */
const Ranking = ({
  id,
  title,
  label,
  head,
  finding,
  rows,
  first,
  children,
}: {
  id: string;
  title: string;
  label: string;
  head: string;
  finding: string;
  rows: readonly Ranked[];
  /** How many are shown before more are asked for. */
  first: number;
  children?: ReactNode;
}) => {
  const [isAll, setIsAll] = useState(false);
  const named = rows.slice(0, MOST);
  const shown = isAll ? named : named.slice(0, first);
  const most = Math.max(0, ...rows.map((row) => row.posts));
  return (
    <section aria-labelledby={id} className="stats-part">
      <SectionHead id={id}>{title}</SectionHead>
      <p className="chart-finding">{finding}</p>
      {rows.length > 0 && (
        <Table
          label={label}
          stacks={false}
          columns={[
            { head },
            { head: say.share, width: '30%', isHeadHidden: true },
            { head: say.posts, width: '64px', align: 'end' },
            { head: say.opened, width: '72px', align: 'end' },
          ]}
        >
          {shown.map((row) => (
            <Row key={row.key}>
              <td className="trunc">
                <a href={row.href} title={row.name}>
                  {row.name}
                </a>
              </td>
              <td>
                <span className="stats-lying">
                  <LyingBar value={row.posts} part={row.read} most={most} width={170} />
                </span>
              </td>
              <td className="num">{number(row.posts)}</td>
              <td className="num mid">{percentOf(row.read, row.posts)}</td>
            </Row>
          ))}
        </Table>
      )}
      {named.length > first && (
        <Button look="quiet" onClick={() => setIsAll(!isAll)} aria-expanded={isAll}>
          {isAll ? say.showFewer : say.showAll(named.length)}
        </Button>
      )}
      {children}
    </section>
  );
};

/** Sources by what they brought, and how much of it was opened. */
export const BySource = ({ stats }: { stats: Stats }) => (
  <Ranking
    id="stats-by-source"
    title={say.bySource}
    label={say.bySourceLabel}
    head={say.source}
    finding={openedFinding(stats)}
    first={12}
    rows={stats.bySource.map(({ sourceId, title, posts, read }) => ({
      key: sourceId,
      name: title,
      href: sourceHref(sourceId),
      posts,
      read,
    }))}
  >
    {stats.bySource.length > MOST && <p className="sub stats-rest">{say.andMore(stats.bySource.length - MOST)}</p>}
  </Ranking>
);

/** The sites that posts link to, most first. */
export const ByDomain = ({ stats }: { stats: Stats }) => {
  const [top] = stats.byDomain;
  return (
    <Ranking
      id="stats-by-domain"
      title={say.byDomain}
      label={say.byDomainLabel}
      head={say.domain}
      finding={top ? say.domainFinding(top.domain, percentOf(top.posts, stats.posts)) : say.noLinks}
      first={8}
      rows={stats.byDomain.map(({ domain, ...rest }) => ({ ...rest, key: domain, name: domain, href: domainHref(domain) }))}
    />
  );
};

/** Who wrote the posts, most first. */
export const ByAuthor = ({ stats }: { stats: Stats }) => {
  const [top] = stats.byAuthor;
  return (
    <Ranking
      id="stats-by-author"
      title={say.byAuthor}
      label={say.byAuthorLabel}
      head={say.author}
      finding={top ? say.authorFinding(top.author, top.posts) : stats.posts === 0 ? findings.noPosts : say.noAuthors}
      first={8}
      rows={stats.byAuthor.map(({ author, ...rest }) => ({ ...rest, key: author, name: author, href: authorHref(author) }))}
    />
  );
};
