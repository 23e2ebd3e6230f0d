import Moon from 'lucide-react/dist/esm/icons/moon.mjs';
import { useDrawingWidth } from '../ui/chart-figure.tsx';
import { clock } from '../ui/format.ts';
import { words } from '../words/words.ts';
import { type DayStrip, type Lane, type Mark, type MarkKind, stripWords } from './day-strip-model.ts';
import './day-strip.css';

const { strip: say } = words.history;

const NAMES = 132;
const HEAD = 20;
const LANE = 18;
const FOOT = 20;
const KINDS: readonly MarkKind[] = ['ran', 'failed', 'missed', 'catch-up', 'due'];

/** The least room an hour's label takes, pixels. */
const LABEL = 46;
/** The hours whose labels stand clear of each other, beginning at the right. */
const roomy = (hours: DayStrip['hours'], x: (at: number) => number): DayStrip['hours'] => {
  let last = Number.POSITIVE_INFINITY;
  return hours
    .toReversed()
    .filter(({ at }) => {
      if (last - x(at) < LABEL) return false;
      last = x(at);
      return true;
    })
    .toReversed();
};

/** One mark, drawn around x = 0 on a base line at y = 0. */
const Shape = ({ kind }: { kind: MarkKind }) => {
  if (kind === 'failed') return <path className="strip-failed" d="M-4-12 4-4M4-12-4-4" />;
  if (kind === 'missed') return <circle className="strip-missed" cx="0" cy="-5" r="2.2" />;
  if (kind === 'catch-up') return <path className="strip-catch-up" d="M0-14V0" />;
  if (kind === 'due') return <path className="strip-due" d="M-1.5-.5V-9.5h3V-.5Z" />;
  return <path className={kind === 'running' ? 'strip-running' : 'strip-ran'} d="M0-10V0" />;
};

/** The day as one lane a schedule: 23 hours back, 3 ahead. Its numbers are also said in words. */
export const DayStripView = ({ strip, zone }: { strip: DayStrip; zone?: string }) => {
  const [measure, width] = useDrawingWidth(1000);
  const wide = Math.max(60, width - NAMES);
  const tall = HEAD + strip.lanes.length * LANE;
  const x = (at: number) => NAMES + at * wide;
  if (strip.lanes.length === 0) return null;
  return (
    <div className="strip" ref={measure}>
      <Legend />
      <svg role="img" aria-label={stripWords(strip)} width={width} height={tall + FOOT} viewBox={`0 0 ${width} ${tall + FOOT}`}>
        {strip.bands.map((band) => (
          <Band
            key={`${band.from} ${band.label}`}
            x={x(band.from)}
            width={(band.to - band.from) * wide}
            tall={tall}
            band={band}
          />
        ))}
        {strip.lanes.map((lane, place) => (
          <LaneView key={lane.name} lane={lane} y={HEAD + (place + 1) * LANE} x={x} end={width} zone={zone} />
        ))}
        {roomy(strip.hours, x).map((hour) => (
          <text
            key={hour.instant}
            className="strip-hour"
            x={x(hour.at)}
            y={tall + 15}
            textAnchor={hour.at > 0.98 ? 'end' : hour.at < 0.02 ? 'start' : 'middle'}
          >
            {clock(hour.instant, zone)}
          </text>
        ))}
        <path className="strip-now" d={`M${Math.round(x(strip.nowAt)) + 0.5} 4V${tall}`} />
        <text className="strip-now-text" x={x(strip.nowAt) + 6} y={13}>
          {say.now}
        </text>
      </svg>
    </div>
  );
};

const Band = ({ x, width, tall, band }: { x: number; width: number; tall: number; band: { label: string } }) => (
  <g>
    <rect className="strip-band" x={x} y={0} width={width} height={tall} />
    {width > 80 && (
      <g transform={`translate(${x + 8} 4)`}>
        <Moon className="strip-moon" width={12} height={12} strokeWidth={1.5} />
        <text className="strip-band-text" x={17} y={10}>
          {band.label}
        </text>
      </g>
    )}
  </g>
);

const LaneView = ({
  lane,
  y,
  x,
  end,
  zone,
}: {
  lane: Lane;
  y: number;
  x: (at: number) => number;
  end: number;
  zone: string | undefined;
}) => (
  <g>
    <text className="strip-name" x={0} y={y - 4}>
      {lane.name.length > 21 ? `${lane.name.slice(0, 20)}…` : lane.name}
    </text>
    <path className="strip-line" d={`M${NAMES} ${y + 0.5}H${end}`} />
    {lane.marks.map((mark) => (
      <MarkView key={`${mark.kind} ${mark.instant} ${mark.runId}`} lane={lane} mark={mark} x={x(mark.at)} y={y} zone={zone} />
    ))}
  </g>
);

const MarkView = ({ lane, mark, x, y, zone }: { lane: Lane; mark: Mark; x: number; y: number; zone: string | undefined }) => (
  <g transform={`translate(${x} ${y})`}>
    <title>{say.mark(lane.name, clock(mark.instant, zone), say[mark.kind])}</title>
    <Shape kind={mark.kind} />
  </g>
);

const Legend = () => (
  <ul className="strip-legend" aria-hidden="true">
    {KINDS.map((kind) => (
      <li key={kind}>
        <svg width="12" height="14" viewBox="-6 -14 12 14" aria-hidden="true">
          <Shape kind={kind} />
        </svg>
        {say[kind]}
      </li>
    ))}
  </ul>
);
