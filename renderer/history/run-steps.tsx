import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { duration } from '../ui/format.ts';
import { StatusGlyph } from '../ui/status-glyph.tsx';
import { SectionHead } from '../ui/table.tsx';
import { words } from '../words/words.ts';
import { LogLines } from './run-log.tsx';
import { opensItself, type ShownStep } from './run-steps-model.ts';

const { steps: say, log } = words.history;

/** The parts of a run in their order: how each went, how long it took, and what it wrote down. Those with trouble are open. */
export const RunSteps = ({ steps }: { steps: readonly ShownStep[] }) => {
  const [chosen, setChosen] = useState<Record<number, boolean>>({});
  if (steps.length === 0) return null;
  const isOpen = (step: ShownStep, place: number): boolean => chosen[place] ?? opensItself(step);
  const areAllOpen = steps.every(isOpen);
  return (
    <section aria-labelledby="run-steps">
      <div className="run-head">
        <SectionHead id="run-steps">{say.head}</SectionHead>
        <span className="run-head-end">
          <Button look="quiet" onClick={() => setChosen(Object.fromEntries(steps.map((_, place) => [place, !areAllOpen])))}>
            {areAllOpen ? say.collapse : say.expand}
          </Button>
        </span>
      </div>
      <ol className="run-steps">
        {steps.map((step, place) => (
          <Step
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
            key={place}
            step={step}
            isOpen={isOpen(step, place)}
            onToggle={(open) => setChosen((before) => ({ ...before, [place]: open }))}
          />
        ))}
      </ol>
    </section>
  );
};

const Step = ({ step, isOpen, onToggle }: { step: ShownStep; isOpen: boolean; onToggle: (isOpen: boolean) => void }) => (
  <li className={`run-step run-step-${step.status}`}>
    <button type="button" className="run-step-head" aria-expanded={isOpen} onClick={() => onToggle(!isOpen)}>
      <span className={`status status-${step.status}`}>
        <StatusGlyph status={step.status} />
      </span>
      <span className="run-step-name">{step.name}</span>
      <span className="mono dim run-step-far">{step.total ? say.reached(step.done ?? 0, step.total) : ''}</span>
      <span className="run-step-span" aria-hidden="true">
        <span
          className="run-step-bar"
          style={{ insetInlineStart: `${step.from * 100}%`, inlineSize: `${Math.max(0.5, (step.to - step.from) * 100)}%` }}
        />
      </span>
      <span className="mono run-step-took">{duration(step.tookMs)}</span>
    </button>
    {isOpen && step.said && <p className="run-step-said">{step.said}</p>}
    {isOpen &&
      (step.lines.length > 0 ? (
        <LogLines lines={step.lines} label={log.of(step.name)} />
      ) : step.said ? null : (
        <p className="run-none run-step-none">{step.status === 'running' ? log.whileRunning : say.noLines}</p>
      ))}
  </li>
);
