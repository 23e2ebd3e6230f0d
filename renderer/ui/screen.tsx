import { type ReactNode, useEffect } from 'react';
import './screen.css';

/** Says in the window's title where it is; the shell puts the unread number before it. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.documentElement.dataset.screen = title;
    dispatchEvent(new Event('tidings-title'));
  }, [title]);
};

/** The frame of a screen: a title that stays, what to do at its right, and a body that scrolls. */
export const Screen = ({
  title,
  documentTitle,
  sub,
  crumb,
  actions,
  children,
}: {
  title: ReactNode;
  /** For the window's title, where `title` is not a string. */
  documentTitle?: string;
  sub?: ReactNode;
  /** The way back: `{ label, href }`. */
  crumb?: { label: string; href: string };
  actions?: ReactNode;
  children: ReactNode;
}) => {
  useTitle(documentTitle ?? (typeof title === 'string' ? title : 'Tidings'));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <main className="screen" tabIndex={0} aria-label={documentTitle ?? (typeof title === 'string' ? title : undefined)}>
      <header className="screen-head">
        <div className="screen-heading">
          {crumb && (
            <a className="screen-crumb" href={crumb.href}>
              {crumb.label}
            </a>
          )}
          <h1 className="screen-title">{title}</h1>
          {sub && <span className="screen-sub">{sub}</span>}
        </div>
        {actions && <div className="screen-actions">{actions}</div>}
      </header>
      <div className="screen-body">{children}</div>
    </main>
  );
};
