import { useState } from 'react';
import type { MailCheck } from '../../preload/contract/mail.ts';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { type GlyphName, Status } from '../ui/status-glyph.tsx';
import { words } from '../words/words.ts';
import { SettingRow } from './setting-row.tsx';

const { mail: say } = words.settings;
const GLYPHS: Record<MailCheck['state'], GlyphName> = { ok: 'completed', warn: 'warning', fail: 'failed', skipped: 'skipped' };

/** Looks whether mail will arrive, as far as can be seen from here; sends nothing. */
export const MailCheckRow = () => {
  const [findings, setFindings] = useState<MailCheck[]>();
  const check = useAction('mail.check');
  const look = async () => {
    const answer = await check.run({});
    setFindings(answer.ok ? answer.result : undefined);
  };
  return (
    <>
      <SettingRow name={say.check} help={say.checkHelp}>
        {() => (
          <Button onClick={() => void look()} isPending={check.isPending}>
            {check.isPending ? say.checking : say.checkNow}
          </Button>
        )}
      </SettingRow>
      {check.error && <ErrorNote error={check.error} onRetry={() => void look()} />}
      <div role="status" aria-label={say.findings}>
        {findings && (
          <ul className="mail-findings">
            {findings.map(({ id, state, text, hint }) => (
              <li key={id}>
                <Status status={GLYPHS[state]}>{say.states[state]}</Status>
                <span>
                  {text} {hint && <span className="dim">{hint}</span>}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
};
