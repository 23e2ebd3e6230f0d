import type { DigestAction } from '../../preload/contract/digest.ts';
import type { Run, RunStep } from '../../preload/contract/run.ts';
import { useQuery } from '../client/use-query.ts';
import { duration } from '../ui/format.ts';
import { countLabel } from '../ui/run-words.ts';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { DIGEST_ACTIONS } from './digest-draft.ts';

const { edition: say } = words.digests;

/** One of the three parts of a digest's run, as its card shows it. */
export type StepCard = {
  action: DigestAction;
  glyph: GlyphName;
  result: string;
  counts: [name: string, value: number][];
  tookMs?: number;
  error?: string;
};

const absent = (action: DigestAction, { status }: Run): StepCard => {
  const isGoing = status === 'queued' || status === 'running';
  return { action, glyph: isGoing ? 'queued' : 'skipped', result: isGoing ? say.pending : say.notPart, counts: [] };
};
const glyphOf = ({ error, endedAt, counts }: RunStep, run: Run): GlyphName => {
  // What is in doubt did not fail: nobody knows.
  if (counts?.in_doubt) return 'warning';
  if (error) return 'failed';
  if (endedAt) return 'completed';
  return run.status === 'running' ? 'running' : 'abandoned';
};

const cardOf = (action: DigestAction, step: RunStep | undefined, run: Run): StepCard => {
  if (!step) return absent(action, run);
  const { startedAt, endedAt, error } = step;
  return {
    action,
    glyph: glyphOf(step, run),
    result: step.result ?? (error ? '' : say.noResult),
    // Zero is left out, but for what the step is for.
    counts: Object.entries(step.counts ?? {}).filter(([, value], place) => value > 0 || place === 0),
    ...(endedAt ? { tookMs: Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) } : {}),
    ...(error && error !== step.result ? { error } : {}),
  };
};

/** The cards of a run, always three, in the order of the work. */
export const toCards = (run: Run): StepCard[] => {
  const steps = 'steps' in run ? (run.steps ?? []) : [];
  return DIGEST_ACTIONS.map((action) =>
    cardOf(
      action,
      steps.find(({ name }) => name.toLowerCase() === action),
      run,
    ),
  );
};

/** How an edition was made: get, make, send, each with its own result, from the record of its run. */
export const StepCards = ({ runId }: { runId: string }) => {
  const detail = useQuery('runs.get', { id: runId }, ['runs.changed']);
  if (detail.error) return <p className="dim">{say.noRun}</p>;
  if (!detail.data) return null;
  const { run } = detail.data;
  return (
    <>
      <ol className="cards" aria-label={say.how}>
        {toCards(run).map((card) => (
          <Card key={card.action} card={card} />
        ))}
      </ol>
      <p>
        <a className="link" href={`#/history/run/${run.id}`}>
          {say.openRun}
        </a>
      </p>
    </>
  );
};

const Card = ({ card }: { card: StepCard }) => (
  <li className="card">
    <h3 className="card-head">
      <Status status={card.glyph}>{say.step[card.action]}</Status>
      {card.tookMs !== undefined && <span className="mono dim">{duration(card.tookMs)}</span>}
    </h3>
    {card.result && <p>{card.result}</p>}
    {card.error && <p className="card-error">{card.error}</p>}
    {card.counts.length > 0 && (
      <dl className="card-counts">
        {card.counts.map(([name, value]) => (
          <div key={name}>
            <dt>{countLabel(name)}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
    )}
  </li>
);
