import FileUp from 'lucide-react/icons/file-up';
import Link from 'lucide-react/icons/link';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { useAction } from '../client/use-action.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { words } from '../words/words.ts';

const { bringYourOwn: say } = words.welcome;

/** Adds what is behind an address the newcomer pastes. `onAdded` gets the id of the new source. */
export const PasteAddress = ({ onAdded }: { onAdded: (id: string, title: string) => void }) => {
  const [url, setUrl] = useState('');
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  const discover = useAction('sources.discover');
  const add = useAction('sources.add');
  const isPending = discover.isPending || add.isPending;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (url.trim() === '' || isPending) return;
    setTrouble(undefined);
    const found = await discover.run({ url: url.trim() });
    if (!found.ok) return setTrouble(found.error.message);
    const [feed] = found.result.feeds;
    if (!feed) return setTrouble(say.thereIsNoFeed);
    if (feed.alreadySourceId) return setTrouble(say.isAlreadyASource(feed.title));
    const { feedUrl, title, siteUrl } = feed;
    const added = await add.run({ kind: 'feed', feedUrl, title, ...(siteUrl ? { siteUrl } : {}) });
    if (!added.ok) return setTrouble(added.error.message);
    setUrl('');
    onAdded(added.result.id, added.result.title);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Field label={say.addressOfASiteOrAFeed} error={trouble}>
        {(ids) => (
          <span className="welcome-address">
            <Link />
            <input
              {...ids}
              className="input"
              type="url"
              value={url}
              placeholder={say.exampleOrg}
              spellCheck={false}
              onChange={(event) => setUrl(event.target.value)}
            />
            <Button type="submit" isPending={isPending}>
              {isPending ? say.looking : say.add}
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
};

/** Brings the sources of another reader. */
export const ImportOpml = ({ onImported }: { onImported: (added: number) => void }) => {
  const input = useRef<HTMLInputElement>(null);
  const importing = useAction('sources.importOpml');
  const [words, setWords] = useState<string>(say.fromAnotherReader);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const answer = await importing.run({ text: await file.text() });
    if (!answer.ok) return setWords(answer.error.message);
    const { added, known, refused } = answer.result;
    const rest = [known > 0 && say.knownAlreadyThere(known), refused.length > 0 && say.refused(refused.length)].filter(Boolean);
    setWords([say.added(added), ...rest].join(', '));
    if (added > 0) onImported(added);
  };
  return (
    <button type="button" className="welcome-import" aria-busy={importing.isPending} onClick={() => input.current?.click()}>
      <FileUp />
      <span>
        <b>{say.importAnOpmlFile}</b>
        <span className="dim" role="status">
          {importing.isPending ? say.readingTheFile : words}
        </span>
      </span>
      <input
        ref={input}
        type="file"
        accept=".opml,.xml,text/xml,text/x-opml"
        hidden
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => void read(event)}
      />
    </button>
  );
};
