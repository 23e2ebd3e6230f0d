import Moon from 'lucide-react/icons/moon';
import X from 'lucide-react/icons/x';
import type { SleepReceipt } from '../../preload/contract/status.ts';
import { useAction } from '../client/use-action.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { receiptTitle } from './receipt-words.ts';
import './notices.css';

const { shell: say } = words;

type Line = SleepReceipt['lines'][number];
const WORDS: Record<Line['outcome'], string> = {
  'made-up': say.receipt.caughtUp,
  skipped: say.receipt.missed,
  asked: say.receipt.yourChoice,
  waiting: say.receipt.waiting,
};
const GLYPHS = { 'made-up': 'completed', skipped: 'missed', asked: 'warning', waiting: 'waiting' } as const;

/** What became of the schedules while nobody looked: once after waking or starting, until it is put away. */
export const SleepReceiptCard = ({ receipt }: { receipt: SleepReceipt }) => {
  const now = useNow();
  const dismiss = useAction('app.dismissReceipt');
  const answer = useAction('schedules.answerMissed');
  const error = dismiss.error ?? answer.error;
  const due = receipt.lines.reduce((sum, line) => sum + (line.dues ?? line.missed), 0);
  return (
    <section className="receipt" aria-labelledby="receipt-title">
      <header className="receipt-head">
        <Moon aria-hidden="true" />
        <h2 id="receipt-title">{receiptTitle(receipt, now)}</h2>
        <span className="dim">{say.receipt.due(due)}</span>
        <IconButton
          label={say.receipt.putAway}
          icon={<X aria-hidden="true" strokeWidth={1.5} />}
          isPending={dismiss.isPending}
          onClick={() => void dismiss.run({})}
        />
      </header>
      <ul className="receipt-lines">
        {receipt.lines.map((line) => (
          <li key={line.scheduleId}>
            <Status status={GLYPHS[line.outcome]}>{WORDS[line.outcome]}</Status>
            <span>
              <LineName line={line} /> {line.text}
            </span>
            {line.outcome === 'asked' && (
              <span className="receipt-answers">
                <Button
                  isPending={answer.isPending}
                  aria-label={say.receipt.runThisOnce(line.name)}
                  onClick={() => void answer.run({ id: line.scheduleId, run: true })}
                >
                  {say.receipt.runOnce}
                </Button>
                <Button
                  look="quiet"
                  isPending={answer.isPending}
                  aria-label={say.receipt.letThisGo(line.name)}
                  onClick={() => void answer.run({ id: line.scheduleId, run: false })}
                >
                  {say.receipt.letGo}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {error && <p className="bad">{error.message}</p>}
    </section>
  );
};

const LineName = ({ line }: { line: Line }) =>
  line.runId ? (
    <a className="link" href={`#/history/run/${line.runId}`}>
      {line.name}
    </a>
  ) : (
    <b>{line.name}.</b>
  );
