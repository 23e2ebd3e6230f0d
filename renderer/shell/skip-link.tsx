import { Button } from '../ui/button.tsx';
import { words } from '../words/words.ts';
import { focusScreen } from './parts.ts';

const { shell: say } = words;

/** The first thing Tab reaches: past the sidebar, to what the screen is about. A button, since addresses are places here. */
export const SkipLink = ({ isList }: { isList: boolean }) => (
  <span className="skip">
    <Button onClick={() => void focusScreen()}>{isList ? say.skipToList : say.skipToScreen}</Button>
  </span>
);
