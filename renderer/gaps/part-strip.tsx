import type { GapMap, GapPart } from '../../preload/contract/gap-map.ts';
import { viewHref } from '../client/view-state.ts';
import { classes } from '../ui/classes.ts';
import { words } from '../words/words.ts';
import { byYear, partWords } from './gap-words.ts';

const { gaps: say } = words;

/** Where a kept part is read; a missing one opens its page, where that is known. */
const hrefOf = ({ postId, url }: GapPart, sourceId: string | undefined): { href: string; isOutside: boolean } | undefined => {
  if (postId)
    return {
      href: viewHref(sourceId ? ['posts', 'source', sourceId] : ['posts', 'hacker-news'], { post: postId }),
      isOutside: false,
    };
  return url && /^https?:/i.test(url) ? { href: url, isOutside: true } : undefined;
};

const Part = ({ part, sourceId }: { part: GapPart; sourceId: string | undefined }) => {
  const said = partWords(part);
  const to = hrefOf(part, sourceId);
  const look = classes('gap-part', `gap-${part.state}`, !part.number && 'gap-small');
  const face = <span aria-hidden="true">{part.number ?? ''}</span>;
  const common = { className: look, title: said, 'aria-label': said };
  if (!to) {
    return (
      <span {...common} role="img">
        {face}
      </span>
    );
  }
  return (
    <a
      {...common}
      href={to.href}
      target={to.isOutside ? '_blank' : undefined}
      rel={to.isOutside ? 'noopener noreferrer' : undefined}
    >
      {face}
    </a>
  );
};

const Strip = ({ parts, sourceId, label }: { parts: readonly GapPart[]; sourceId: string | undefined; label: string }) => (
  <ol className="gap-strip" aria-label={label}>
    {parts.map((part, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <li key={place}>
        <Part part={part} sourceId={sourceId} />
      </li>
    ))}
  </ol>
);

/** The parts of a series in a row: 1, 2, an empty place, 4. */
export const SeriesStrip = ({ map }: { map: GapMap }) => (
  <Strip parts={map.parts} sourceId={map.sourceId} label={say.partsOf(map.title)} />
);

/** An author's posts, a line a year. */
export const AuthorStrip = ({ map }: { map: GapMap }) => (
  <div className="gap-years">
    {byYear(map.parts).map(({ year, parts }) => (
      <div key={year} className="gap-year">
        <span className="gap-year-name">{year || say.noDate}</span>
        <Strip parts={parts} sourceId={map.sourceId} label={say.postsBy(map.title, year || say.withoutDate)} />
      </div>
    ))}
  </div>
);

/** What the three looks of a part mean. */
export const Legend = () => (
  <ul className="gap-legend">
    <li>
      <span className="gap-part gap-small gap-kept" aria-hidden="true" /> {say.legendKept}
    </li>
    <li>
      <span className="gap-part gap-small gap-backfilled" aria-hidden="true" /> {say.legendLater}
    </li>
    <li>
      <span className="gap-part gap-small gap-missing" aria-hidden="true" /> {say.legendMissing}
    </li>
  </ul>
);
