import type { DigestRow, DigestTemplate } from '../../preload/contract/digest.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { duration, percent } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { Menu } from '../ui/menu.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { type Column, Row, Table } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { DigestMenu } from './digest-menu.tsx';
import { BADGE_GLYPHS, standOf } from './edition-words.ts';
import { MailBand } from './mail-band.tsx';

const { list: say, title, badges } = words.digests;
const COLUMNS: Column[] = [
  { head: say.head.digest },
  { head: say.head.next, width: '150px' },
  { head: say.head.last, width: '196px' },
  { head: say.head.people, width: '120px' },
  { head: say.head.runs, width: '132px', leavesNarrow: true },
  { head: say.head.actions, width: '40px', isHeadHidden: true },
];
const newHref = (template?: string): string =>
  template ? `#/digests/new?template=${encodeURIComponent(template)}` : '#/digests/new';

/** Every digest with what it did and what it will do. */
export const DigestList = () => {
  const list = useQuery('digests.list', {}, ['schedules.changed', 'digests.changed', 'runs.changed', 'settings.changed']);
  const templates = useQuery('digests.templates', {}).data ?? [];
  const rows = list.data;
  const mails = rows?.some(({ options }) => options.sinks.mail && options.actions.includes('send')) ?? false;
  return (
    <Screen
      title={title}
      sub={rows && rows.length > 0 && say.sub(rows.length)}
      actions={rows && rows.length > 0 && <MakeDigest templates={templates} />}
    >
      <MailBand isWanted={mails} />
      {list.error && <ErrorNote error={list.error} kept={say.kept} onRetry={list.reload} />}
      {list.isLoading && <LoadingBars rows={4} label={say.loading} />}
      {rows && rows.length === 0 && <NoDigest templates={templates} />}
      {rows && rows.length > 0 && (
        <div className="digests">
          <Table label={say.label} columns={COLUMNS}>
            {rows.map((digest) => (
              <DigestRowView key={digest.row.schedule.id} digest={digest} />
            ))}
          </Table>
        </div>
      )}
    </Screen>
  );
};

const MakeDigest = ({ templates }: { templates: readonly DigestTemplate[] }) =>
  templates.length === 0 ? (
    <ButtonLink href={newHref()}>{say.make}</ButtonLink>
  ) : (
    <Menu
      label={say.make}
      items={[
        ...templates.map((template) => ({
          label: template.title,
          onChoose: () => go(['digests', 'new'], { template: template.id }),
        })),
        { kind: 'rule' },
        { label: say.own, onChoose: () => go(['digests', 'new']) },
      ]}
      opener={(props) => (
        <button type="button" className="button" {...props}>
          {say.make}
        </button>
      )}
    />
  );

const NoDigest = ({ templates }: { templates: readonly DigestTemplate[] }) => (
  <>
    <EmptyState title={say.none} reason={say.noneWhy} />
    <ul className="digest-templates" aria-label={say.beginWith}>
      {templates.map(({ id, title: name, about }) => (
        <li key={id}>
          <a href={newHref(id)}>
            <b>{name}</b>
            <span className="mid">{about}</span>
          </a>
        </li>
      ))}
      <li>
        <a href={newHref()}>
          <b>{say.own}</b>
          <span className="mid">{say.ownAbout}</span>
        </a>
      </li>
    </ul>
  </>
);

const DigestRowView = ({ digest }: { digest: DigestRow }) => {
  const { row, badge } = digest;
  const { schedule } = row;
  return (
    <Row>
      <td className="row-name">
        <a className="digest-name" href={`#/digests/${schedule.id}`}>
          {schedule.name}
        </a>
        <Status status={BADGE_GLYPHS[badge]}>{badges[badge]}</Status>
        <div className="mid">
          {row.words} <span className="dim nowrap">{schedule.timeZone}</span>
        </div>
      </td>
      <td>
        <Next digest={digest} />
      </td>
      <td>
        <Last digest={digest} />
      </td>
      <td>
        <People digest={digest} />
      </td>
      <td className="hide-narrow">
        <Runs digest={digest} />
      </td>
      <td>
        <DigestMenu digest={digest} />
      </td>
    </Row>
  );
};

const Next = ({ digest: { row, badge } }: { digest: DigestRow }) => {
  const { schedule, next } = row;
  const dueAt = schedule.nextDueAt ?? next[0];
  if (badge === 'disabled') return <span className="dim">{say.off}</span>;
  if (badge === 'paused') return <span className="dim">{badges.paused}</span>;
  return dueAt ? <RelativeTime at={dueAt} kind="due" zone={schedule.timeZone} /> : <span className="dim">{say.nothingDue}</span>;
};

const Last = ({ digest: { lastEdition, row } }: { digest: DigestRow }) => {
  if (!lastEdition) return <span className="dim">{say.noEdition}</span>;
  const { glyph, sentence } = standOf(lastEdition);
  return (
    <>
      <a className="digest-last" href={`#/digests/${row.schedule.id}/edition/${lastEdition.id}`}>
        <Status status={glyph}>{words.digests.editions.number(lastEdition.number)}</Status>
      </a>{' '}
      <span className="dim">
        <RelativeTime at={lastEdition.madeAt} zone={row.schedule.timeZone} />
      </span>
      <div className="sub">{sentence}</div>
    </>
  );
};

const People = ({ digest: { recipients, row } }: { digest: DigestRow }) => (
  <>
    <a className="digest-last" href={`#/digests/${row.schedule.id}/people`} aria-label={say.peopleOf(row.schedule.name)}>
      {say.people(recipients.active)}
    </a>
    <div className="sub">{say.notActive(recipients.suspended, recipients.unsubscribed)}</div>
  </>
);

const Runs = ({ digest: { stats, row, badge } }: { digest: DigestRow }) => {
  if (stats.runs === 0) return <span className="dim">{say.neverRan}</span>;
  const share = stats.successRate === undefined ? '' : percent(stats.successRate);
  return (
    <>
      <a className="digest-last" href={`#/history?schedule=${row.schedule.id}`}>
        {say.runs(stats.runs, stats.completed, stats.failed)}
      </a>
      <div className="sub" title={badge === 'failed' ? words.digests.failedGoesOn : undefined}>
        {say.rate(share, stats.averageMs === undefined ? '' : duration(stats.averageMs))}
      </div>
    </>
  );
};
