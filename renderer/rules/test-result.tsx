import type { Found, RuleTest } from '../../preload/contract/rule.ts';
import { past, timeTooltip } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import type { useRuleTest } from './use-rule-test.ts';

const { test: say } = words.rules;

/** A text with what fits marked. */
const Marked = ({ text, found }: { text: string; found: readonly Found[] }) => {
  let at = 0;
  const parts = found.flatMap(([from, to]) => {
    const before = text.slice(at, from);
    at = to;
    return [before, <mark key={from}>{text.slice(from, to)}</mark>];
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
};

const Head = ({ test }: { test: RuleTest }) => (
  <>
    <p className="builder-count">{test.matched > 0 ? say.of(test.matched, test.looked) : say.none(test.looked)}</p>
    {test.matched === 0 && <p className="mid">{say.noneReason}</p>}
    {test.looked < test.total && <p className="mid">{say.cut(test.looked)}</p>}
  </>
);

const Fitting = ({ test }: { test: RuleTest }) => {
  const now = useNow();
  if (test.posts.length === 0) return null;
  return (
    <>
      {test.matched > test.posts.length && <h3 className="editor-head">{say.newest(test.posts.length)}</h3>}
      <ul className="fitting">
        {test.posts.map((post) => (
          <li key={post.id}>
            <a className="fitting-title" href={`#/posts/all?post=${post.id}`} dir="auto">
              <Marked text={post.title} found={post.inTitle} />
            </a>
            {post.line && (
              <p className="fitting-line" dir="auto">
                <Marked text={post.line.text} found={post.line.found} />
              </p>
            )}
            <p className="fitting-meta">
              <span className="trunc">{post.sourceTitle}</span>
              <time dateTime={post.collectedAt} title={timeTooltip(post.collectedAt)}>
                {past(post.collectedAt, now)}
              </time>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
};

/** The posts here that fit, as the rule is written. */
export const TestResult = ({ test, isAsked }: { test: ReturnType<typeof useRuleTest>; isAsked: boolean }) => {
  const { data, error, isBehind } = test;
  const isBadPattern = error?.code === 'IPC_INVALID';
  return (
    <section className="builder-test" aria-label={say.title} aria-busy={isAsked && isBehind}>
      <h2 className="editor-head">{say.title}</h2>
      {!isAsked && <p className="mid">{say.waiting}</p>}
      {isAsked && error && !isBadPattern && error.code !== 'CANCELLED' && (
        <ErrorNote error={error} kept={say.failed} onRetry={test.reload} />
      )}
      {isAsked && !data && !error && <LoadingBars rows={3} label={say.looking} />}
      <div role="status" className={isBehind ? 'builder-head is-behind' : 'builder-head'}>
        {isAsked && data && !isBadPattern && <Head test={data} />}
      </div>
      {isAsked && data && !isBadPattern && <Fitting test={data} />}
    </section>
  );
};
