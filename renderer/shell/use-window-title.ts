import { useEffect } from 'react';

/** Writes the window's title: the unread number, the screen (which it says through `useTitle`), the name. */
export const useWindowTitle = (unread: number): void => {
  useEffect(() => {
    const write = () => {
      const screen = document.documentElement.dataset.screen;
      const start = unread > 0 ? `(${unread}) ` : '';
      document.title = `${start}${screen && screen !== 'Tidings' ? `${screen} - ` : ''}Tidings`;
    };
    write();
    addEventListener('tidings-title', write);
    return () => removeEventListener('tidings-title', write);
  }, [unread]);
};
