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
import { count, number } from '../words/counting.ts';
import { readOpmlFile } from './opml-file.ts';

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
        <SectionHead>Bring a list</SectionHead>
        <DropZone onFile={take} isPending={bring.isPending} />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: CheckBox holds the input */}
        <label className="source-check">
          <CheckBox isOn={allowLocal} onChange={setAllowLocal} />
          <span>
            Allow addresses of the local network
            <span className="sub source-check-help">Else sources on this computer or in your house are refused.</span>
          </span>
        </label>
        <div aria-live="polite">
          {problem && <Note tone="fail" title={problem} />}
          {bring.error && <ErrorNote error={bring.error} kept="Nothing was imported." />}
          {done && <Imported done={done} fileName={fileName} />}
        </div>
      </div>
      <section className="preview" aria-labelledby="opml-out">
        <SectionHead id="opml-out">Take your list along</SectionHead>
        <p className="mid">All sources with their folders, as a file that other readers understand. Posts are not in it.</p>
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
      <p>Drop an .opml file here, or</p>
      <Button onClick={() => input.current?.click()} isPending={isPending}>
        {isPending ? 'Importing' : 'Choose a file'}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label="OPML file"
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
    done.added > 0 ? `${number(done.added)} added` : '',
    done.known > 0 ? `${number(done.known)} known already` : '',
    done.refused.length > 0 ? `${number(done.refused.length)} refused` : '',
  ].filter(Boolean);
  return `${count(done.found, 'source')} in the list${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`;
};

const Imported = ({ done, fileName }: { done: OpmlImport; fileName: string | undefined }) => (
  <section className="opml-done" aria-labelledby="opml-done">
    <SectionHead id="opml-done" note={done.folders > 0 ? count(done.folders, 'folder') : undefined}>
      {done.title || fileName || 'The list'}
    </SectionHead>
    <p>{importWords(done)}</p>
    <p className="add-actions">
      <ButtonLink href="#/sources">Show the sources</ButtonLink>
    </p>
    {done.refused.length > 0 && (
      <Table label="Refused" columns={[{ head: 'Refused' }, { head: 'Why', width: '46%' }]}>
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
    toast({ text: `${answer.result.fileName} is saved` });
  };
  return (
    <p className="add-actions">
      <Button onClick={save} isPending={exportOpml.isPending} disabled={disabled}>
        Export OPML
      </Button>
      {disabled && <span className="dim">There are no sources yet.</span>}
    </p>
  );
};
