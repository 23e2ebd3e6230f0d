import { Segments } from '../ui/choices.tsx';
import { words } from '../words/words.ts';
import { setTimeFormat, TIME_FORMATS, useTimeFormat } from './time-format.ts';

const say = words.history.times;
const OPTIONS = TIME_FORMATS.map((value) => ({ value, label: say[value] }));

/** Local, UTC, or how long ago. */
export const TimeSwitch = () => <Segments label={say.label} value={useTimeFormat()} options={OPTIONS} onChange={setTimeFormat} />;
