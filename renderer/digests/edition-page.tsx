import { useState } from 'react';
import type { EditionPage as Page } from '../../preload/contract/digest.ts';
import { useAction } from '../client/use-action.ts';
import { useQuery } from '../client/use-query.ts';
import { go } from '../client/use-view.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { dateTime } from '../ui/format.ts';
import { LoadingBars } from '../ui/loading-bars.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { Screen } from '../ui/screen.tsx';
import { Status } from '../ui/status-glyph.tsx';
import { SectionHead } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';
import { words } from '../words/words.ts';
import { Deliveries } from './deliveries.tsx';
import { DigestFrame } from './digest-page.tsx';
import { canSend, leftOf, standOf } from './edition-words.ts';
import { LookChoices, MailView, useLook, WhyIn } from './mail-view.tsx';
import { StepCards } from './step-cards.tsx';

const { edition: say } = words.digests;

/** One edition as it went out: how it was made, where it went, what it said. */
export const EditionPage = ({ id, digestId }: { id: string; digestId: string }) => {
  const page = useQuery('digests.edition', { id }, ['digests.changed', 'runs.changed']);
  if (page.data) return <Loaded page={page.data} digestId={digestId} onChange={page.reload} />;
  return (
    <DigestFrame name={words.digests.editions.crumb}>
      {page.error?.code === 'NOT_FOUND' ? (
        <EmptyState title={say.gone} reason={say.goneWhy}>
          <ButtonLink href={`#/digests/${digestId}`}>{say.back}</ButtonLink>
        </EmptyState>
      ) : page.error ? (
        <ErrorNote error={page.error} onRetry={page.reload} />
      ) : (
        <LoadingBars rows={6} label={say.loading} />
      )}
    </DigestFrame>
  );
};

const useRetry = (id: string) => {
  const retry = useAction('digests.retrySend');
  const run = async () => {
    const answer = await retry.run({ id });
    if (answer.ok) go(['history', 'run', answer.result.run.id]);
  };
  return { ...retry, run };
};

const Loaded = ({ page, digestId, onChange }: { page: Page; digestId: string; onChange: () => void }) => {
  // What was decided shows at once; the next answer of the core takes its place.
  const [decided, setDecided] = useState<{ over: Page; page: Page }>();
  const shown = decided?.over === page ? decided.page : page;
  const { edition, content, rendered } = shown;
  const now = useNow();
  const look = useLook();
  const retry = useRetry(edition.id);
  const stand = standOf(edition);
  const left = leftOf(edition);
  const decide = (next: Page) => {
    setDecided({ over: page, page: next });
    onChange();
  };
  return (
    <Screen
      title={say.named(content.name, edition.number)}
      crumb={{ label: content.name, href: `#/digests/${digestId}` }}
      sub={
        <>
          <Status status={stand.glyph}>{stand.sentence}</Status>, {dateTime(edition.at, now, content.timeZone)}
        </>
      }
      actions={
        canSend(edition) && (
          <Button onClick={() => void retry.run()} isPending={retry.isPending}>
            {left > 0 ? say.retry : say.sendIt}
          </Button>
        )
      }
    >
      {retry.error && <ErrorNote error={retry.error} />}
      <section className="edition-part" aria-label={say.how}>
        <SectionHead>{say.how}</SectionHead>
        <StepCards runId={edition.runId} />
      </section>
      <section className="edition-part" aria-label={say.where}>
        <SectionHead note={left > 0 && say.retryHelp(left)}>{say.where}</SectionHead>
        <Deliveries page={shown} onDecided={decide} />
      </section>
      <section className="edition-part" aria-label={say.content}>
        <SectionHead note={say.fixed}>{say.content}</SectionHead>
        <div className="mail-bar">
          <LookChoices look={look} />
        </div>
        <MailView mail={rendered} look={look} />
        <WhyIn content={content} />
      </section>
    </Screen>
  );
};
