import type { HostRow } from '../../preload/contract/host.ts';
import { saveText } from '../client/save-text.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { bytes, due } from '../ui/format.ts';
import { Popover } from '../ui/popover.tsx';
import { ExactTime } from '../ui/relative-time.tsx';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { Row } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { number } from '../words/counting.ts';
import { words } from '../words/words.ts';
import { percentOf } from './chart-math.ts';

const { hosts: say } = words.stats;

/** Below this a score is worth a look. */
const GOOD_SCORE = 90;
const inline = (at: string, now: number): string => due(at, now).replace(/^Due /, '');

/** One host in the ledger. */
export const HostLine = ({ row, now }: { row: HostRow; now: number }) => (
  <Row>
    <td className="row-name">
      <span className="cut" title={row.host}>
        {row.host}
      </span>
      {row.sources > 1 && <span className="dim"> {say.sources(row.sources)}</span>}
    </td>
    <td className="mono num">{number(row.requests)}</td>
    <td className="mono num">{percentOf(row.notModified, row.requests)}</td>
    <td className="num">{row.pausesAsked === 0 ? '' : say.pauses(row.pausesAsked, row.pausesKept)}</td>
    <td className="mono num hide-narrow">{bytes(row.bytes)}</td>
    <td className="mono num">{row.savedBytes > 0 ? bytes(row.savedBytes) : ''}</td>
    <td className="mid hide-narrow">
      {row.nextAt && <ExactTime at={row.nextAt}>{inline(row.nextAt, now)}</ExactTime>}
      {row.nextAt ? ': ' : ''}
      <span className="dim">{row.why}</span>
    </td>
    <td className="num host-score">
      {row.requests > 0 && (
        <Popover
          label={say.about(row.host)}
          align="end"
          opener={(props) => (
            <button type="button" className="why" {...props} aria-label={say.scoreOf(row.score, row.host)}>
              {row.score < GOOD_SCORE && <StatusGlyph status="warning" />} {row.score}
            </button>
          )}
        >
          {() => <About row={row} now={now} />}
        </Popover>
      )}
    </td>
  </Row>
);

const About = ({ row, now }: { row: HostRow; now: number }) => (
  <div className="host-about">
    <h3 className="popover-title">
      {row.host}: {say.scoreTitle(row.score)}
    </h3>
    {row.faults.length === 0 ? (
      <p className="mid">{say.noFault}</p>
    ) : (
      <ul aria-label={say.faults}>
        {row.faults.map(({ kind, times, points }) => (
          <li key={kind}>
            <span className="mono">−{points}</span> {say.faultWords[kind](times)}
          </li>
        ))}
      </ul>
    )}
    <p className="mid">{say.retryAfter(row.pausesAsked, row.pausesKept)}</p>
    <h4>{say.whyNext}</h4>
    <ol aria-label={say.whyNext}>
      {row.reasons.map((reason) => (
        <li key={`${reason.kind} ${reason.text}`}>
          {reason.until && (
            <span className="mono">
              <ExactTime at={reason.until}>{inline(reason.until, now)}</ExactTime>{' '}
            </span>
          )}
          {reason.text}
        </li>
      ))}
    </ol>
    <Proof host={row.host} />
  </div>
);

const Proof = ({ host }: { host: string }) => {
  const proof = useAction('sources.hostProof');
  const toast = useToast();
  const save = async (format: 'text' | 'json') => {
    const answer = await proof.run({ host, format });
    if (!answer.ok) return toast({ text: answer.error.message });
    saveText(answer.result.fileName, answer.result.text, format === 'json' ? 'application/json' : 'text/plain');
    toast({ text: say.saved2(answer.result.fileName) });
  };
  return (
    <p className="host-proof">
      <span className="mid">{say.proof}</span>
      <Button onClick={() => void save('text')}>{say.proofText}</Button>
      <Button onClick={() => void save('json')}>{say.proofJson}</Button>
    </p>
  );
};
