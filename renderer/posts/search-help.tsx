import CircleHelp from 'lucide-react/icons/circle-question-mark';
import { Popover } from '../ui/popover.tsx';
import { words } from '../words/words.ts';

const { search: say } = words;

/** How to search, with examples to try. */
export const SearchHelp = ({ onTry }: { onTry: (example: string) => void }) => (
  <Popover
    label={say.help.title}
    align="end"
    opener={(props) => (
      <button type="button" className="find-help" aria-label={say.help.open} title={say.help.open} {...props}>
        <CircleHelp />
      </button>
    )}
  >
    {(close) => (
      <>
        <h2 className="popover-title">{say.help.title}</h2>
        <p className="find-lead">{say.help.lead}</p>
        <dl className="find-rows">
          {say.help.rows.map(({ example, means }) => (
            <div key={example}>
              <dt>
                <button
                  type="button"
                  className="find-try mono"
                  aria-label={say.help.tryIt(example)}
                  onClick={() => {
                    close();
                    onTry(example);
                  }}
                >
                  {example}
                </button>
              </dt>
              <dd>{means}</dd>
            </div>
          ))}
        </dl>
      </>
    )}
  </Popover>
);
