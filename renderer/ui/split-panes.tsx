import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import './split-panes.css';

const STEP = 16;

/**
 * Two panes with a line between them that is dragged, or moved with the arrow keys; Home goes back to the usual width.
 * Below 760 px only one is seen: `shows`. Widths are CSS pixels; `onWidth` is called when a drag or key is over.
 */
export const SplitPanes = ({
  first,
  second,
  width,
  usual,
  least = 260,
  most = 640,
  shows,
  label,
  onWidth,
}: {
  first: ReactNode;
  second: ReactNode;
  width: number | undefined;
  usual: number;
  least?: number;
  most?: number;
  shows: 'first' | 'second';
  label: string;
  onWidth: (width: number) => void;
}) => {
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  const room = useRef<HTMLDivElement>(null);
  const present = Math.min(most, Math.max(least, dragged ?? width ?? usual));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a width from outside ends the drag
  useEffect(() => setDragged(undefined), [width]);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const left = room.current?.getBoundingClientRect().left ?? 0;
    setDragged(Math.round(Math.min(most, Math.max(least, event.clientX - left))));
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const steps: Record<string, number> = { ArrowLeft: present - STEP, ArrowRight: present + STEP, Home: usual };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const kept = Math.min(most, Math.max(least, next));
    setDragged(kept);
    onWidth(kept);
  };
  return (
    <div className="panes" ref={room} data-shows={shows} style={{ '--first': `${present}px` } as Record<string, string>}>
      <div className="pane pane-first">{first}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr> */}
      <div
        className="pane-handle"
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={label}
        aria-valuemin={least}
        aria-valuemax={most}
        aria-valuenow={present}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onPointerUp={() => dragged !== undefined && onWidth(dragged)}
        onDoubleClick={() => onWidth(usual)}
        onKeyDown={press}
      />
      <div className="pane pane-second">{second}</div>
    </div>
  );
};
