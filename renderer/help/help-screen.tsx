import { useQuery } from '../client/use-query.ts';
import { ErrorNote } from '../ui/note.tsx';
import { countLabel, RUN_STATUS_WORDS } from '../ui/run-words.ts';
import { Screen } from '../ui/screen.tsx';
import { words } from '../words/words.ts';
import { ANSWERS, DOMAIN_MEANINGS, FETCH_JOB_MEANINGS, RUN_MEANINGS } from './answers.ts';
import './help.css';

const { help: say } = words;

const Meanings = ({
  title,
  words,
  labels = {},
}: {
  title: string;
  words: Record<string, string>;
  labels?: Record<string, string>;
}) => (
  <section>
    <h2 className="section-head">{title}</h2>
    <dl className="help-words">
      {Object.entries(words).map(([status, meaning]) => (
        <div key={status}>
          <dt>{labels[status] ?? countLabel(status)}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </section>
);

/** What every job does, as the jobs say it themselves. */
const Jobs = () => {
  const jobs = useQuery('jobs.list', {});
  if (jobs.error) return <ErrorNote error={jobs.error} onRetry={jobs.reload} />;
  return (
    <dl className="help-words" aria-busy={!jobs.data}>
      {(jobs.data ?? []).map(({ kind, title, description }) => (
        <div key={kind}>
          <dt>{title}</dt>
          <dd>
            {description} <code className="mono dim">{say.runCommand(kind)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** Every setting with what it does, as the rows of the settings say it. */
const SettingsHelp = () => (
  <section>
    <h2 className="section-head">{say.settings}</h2>
    <dl className="help-words">
      {Object.entries(words.settings.rows).map(([key, { name, help }]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{help}</dd>
        </div>
      ))}
    </dl>
  </section>
);

/** Answers for the moment when something is not as expected. */
export const HelpScreen = () => (
  <Screen title={say.title} sub={say.sub}>
    <div className="help">
      <section>
        {ANSWERS.map(({ id, question, answer, link }) => (
          <article key={id}>
            <h2 className="help-question">{question}</h2>
            <p>
              {answer}
              {link && (
                <>
                  {' '}
                  <a className="link" href={link.href}>
                    {link.label}
                  </a>
                </>
              )}
            </p>
          </article>
        ))}
      </section>
      <div>
        <SettingsHelp />
        <section>
          <h2 className="section-head">{say.jobs}</h2>
          <Jobs />
        </section>
        <Meanings title={say.runIs} words={RUN_MEANINGS} labels={RUN_STATUS_WORDS} />
        <Meanings title={say.fetchJobIs} words={FETCH_JOB_MEANINGS} labels={say.fetchJobs} />
        <Meanings title={say.domainIs} words={DOMAIN_MEANINGS} />
      </div>
    </div>
  </Screen>
);
