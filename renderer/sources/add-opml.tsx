import { type DragEvent, useRef, useState } from 'react';
import type { OpmlImport } from '../../preload/contract/source.ts';
import { saveText } from '../client/save-text.ts';
import { useAction } from '../client/use-action.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { CheckBox } from '../ui/choices.tsx';
import { classes } from '../ui/classes.ts';
import { ErrorNote, Note } from '../ui/note.tsx';
import { Row, SectionHead, Table } from '../ui/table.tsx';
import { useToast } from '../ui/toast.tsx';
import { words } from '../words/words.ts';
import { readOpmlFile } from './opml-file.ts';

const { addOpml: say } = words.sources;

/** A list of sources from another reader comes in, or this one's goes out. Importing twice adds nothing twice. */
export const AddOpml = ({ hasSources }: { hasSources: boolean }) => {
  const [fileName, setFileName] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [allowLocal, setAllowLocal] = useState(false);
  const [done, setDone] = useState<OpmlImport>();
  const bring = useAction('sources.importOpml');
  const take = async (file: File | undefined) => {
    if (!file) return;
    setDone(undefined);
    setFileName(file.name);
    const read = await readOpmlFile(file);
    setProblem('message' in read ? read.message : undefined);
    if ('message' in read) return;
    const answer = await bring.run({ text: read.text, ...(allowLocal ? { allowLocalNetwork: true } : {}) });
    if (answer.ok) setDone(answer.result);
  };
  return (
    <div className="add">
      <div>
        <SectionHead>{say.bringAList}</SectionHead>
        <DropZone onFile={take} isPending={bring.isPending} />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input */}
        <label className="source-check">
          <CheckBox isOn={allowLocal} onChange={setAllowLocal} />
          <span>
            {say.allowLocalAddresses}
            <span className="sub source-check-help">{say.elseTheyAreRefused}</span>
          </span>
        </label>
        <div aria-live="polite">
          {problem && <Note tone="fail" title={problem} />}
          {bring.error && <ErrorNote error={bring.error} kept={say.nothingWasImported} />}
          {done && <Imported done={done} fileName={fileName} />}
        </div>
      </div>
      <section className="preview" aria-labelledby="opml-out">
        <SectionHead id="opml-out">{say.takeYourListAlong}</SectionHead>
        <p className="mid">{say.allSourcesWithTheirFolders}</p>
        <ExportButton disabled={!hasSources} />
      </section>
    </div>
  );
};

const DropZone = ({ onFile, isPending }: { onFile: (file: File | undefined) => void; isPending: boolean }) => {
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={classes('drop', isOver && 'drop-over')}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onFile(event.dataTransfer.files[0]);
      }}
    >
      <p>{say.dropAFileHereOr}</p>
      <Button onClick={() => input.current?.click()} isPending={isPending}>
        {isPending ? say.importing : say.chooseAFile}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label={say.opmlFile}
        accept=".opml,.xml,text/x-opml,text/xml,application/xml"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
};

/** What an import came to, in one sentence. */
export const importWords = (done: OpmlImport): string => {
  const parts = [
    done.added > 0 ? say.added(done.added) : '',
    done.known > 0 ? say.knownAlready(done.known) : '',
    done.refused.length > 0 ? say.refused(done.refused.length) : '',
  ].filter(Boolean);
  return say.inTheList(done.found, parts);
};

const Imported = ({ done, fileName }: { done: OpmlImport; fileName: string | undefined }) => (
  <section className="opml-done" aria-labelledby="opml-done">
    <SectionHead id="opml-done" note={done.folders > 0 ? say.folders(done.folders) : undefined}>
      {done.title || fileName || say.theList}
    </SectionHead>
    <p>{importWords(done)}</p>
    <p className="add-actions">
      <ButtonLink href="#/sources">{say.showTheSources}</ButtonLink>
    </p>
    {done.refused.length > 0 && (
      <Table label={say.refusedOnes} columns={[{ head: say.refusedOnes }, { head: say.why, width: '46%' }]}>
        {done.refused.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same address may stand there twice
          <Row key={place}>
            <td className="row-name">
              {one.title && <b>{one.title} </b>}
              <span className="mono dim">{one.url}</span>
            </td>
            <td className="mid">{one.reason}</td>
          </Row>
        ))}
      </Table>
    )}
  </section>
);

const ExportButton = ({ disabled }: { disabled: boolean }) => {
  const exportOpml = useAction('sources.exportOpml');
  const toast = useToast();
  const save = async () => {
    const answer = await exportOpml.run({});
    if (!answer.ok) return toast({ text: answer.error.message });
    saveText(answer.result.fileName, answer.result.text, 'text/x-opml');
    toast({ text: say.isSaved(answer.result.fileName) });
  };
  return (
    <p className="add-actions">
      <Button onClick={save} isPending={exportOpml.isPending} disabled={disabled}>
        {say.exportOpml}
      </Button>
      {disabled && <span className="dim">{say.thereAreNoSourcesYet}</span>}
    </p>
  );
};
