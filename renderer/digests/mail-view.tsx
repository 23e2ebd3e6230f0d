import Moon from 'lucide-react/icons/moon';
import { useState } from 'react';
import type { EditionContent, RenderedEdition } from '../../preload/contract/digest.ts';
import { useQuery } from '../client/use-query.ts';
import { IconButton } from '../ui/button.tsx';
import { Segments } from '../ui/choices.tsx';
import { words } from '../words/words.ts';
import { MailFrame, type Paper } from './mail-frame.tsx';

const { preview: say } = words.digests;
const FORMS = [
  { value: 'html', label: say.html },
  { value: 'text', label: say.text },
] as const;
const WIDTHS = [
  { value: 'desktop', label: say.desktop },
  { value: 'phone', label: say.phone },
] as const;
type Form = (typeof FORMS)[number]['value'];
type Width = (typeof WIDTHS)[number]['value'];

/** How a mail is looked at; stays while another one is shown. */
export const useLook = () => {
  const [form, setForm] = useState<Form>('html');
  const [width, setWidth] = useState<Width>('desktop');
  const [paper, setPaper] = useState<Paper>('light');
  return { form, width, paper, setForm, setWidth, setPaper };
};
export type Look = ReturnType<typeof useLook>;

/** As a page or as plain text, as wide as a phone or as there is room. */
export const LookChoices = ({ look }: { look: Look }) => (
  <span className="mail-choices">
    <Segments label={say.form} value={look.form} options={FORMS} onChange={look.setForm} />
    <Segments label={say.width} value={look.width} options={WIDTHS} onChange={look.setWidth} />
    <IconButton
      label={say.dark}
      icon={<Moon aria-hidden="true" />}
      look="plain"
      aria-pressed={look.paper === 'dark'}
      onClick={() => look.setPaper(look.paper === 'dark' ? 'light' : 'dark')}
    />
  </span>
);

/** A mail as its reader sees it: who sent it, the subject, and the letter. */
export const MailView = ({ mail, look }: { mail: RenderedEdition; look: Look }) => {
  const account = useQuery('settings.get', {}, ['settings.changed']).data?.mail;
  const sender = account ? `${account.fromName ? `${account.fromName} ` : ''}<${account.from}>` : undefined;
  return (
    <div className={`mail mail-${look.width} mail-on-${look.paper}`}>
      <dl className="mail-head">
        <div>
          <dt>{say.from}</dt>
          <dd>{sender ?? <span className="mail-nobody">{say.noSender}</span>}</dd>
        </div>
        <div>
          <dt>{say.subject}</dt>
          <dd>
            <b>{mail.subject}</b>
          </dd>
        </div>
      </dl>
      {look.form === 'html' ? (
        <MailFrame html={mail.html} title={say.frame} paper={look.paper} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        <pre className="mail-text" tabIndex={0}>
          {mail.text}
        </pre>
      )}
    </div>
  );
};

/** Post by post, why each is in. */
export const WhyIn = ({ content }: { content: EditionContent }) =>
  content.items.length === 0 ? null : (
    <details className="mail-why">
      <summary>{say.why}</summary>
      <ol>
        {content.items.map((item) => (
          <li key={item.postId}>
            <b>{item.title}</b> <span className="dim">{item.why}</span>
          </li>
        ))}
      </ol>
    </details>
  );
