import { type ChangeEvent, type ReactNode, useRef } from 'react';
import { Button, type ButtonProps } from './button.tsx';

/** A button that asks for a file. The same file can be chosen again. */
export const FileButton = ({
  accept,
  onFile,
  children,
  ...rest
}: Omit<ButtonProps, 'onClick'> & { accept: string; onFile: (file: File) => void; children: ReactNode }) => {
  const input = useRef<HTMLInputElement>(null);
  const read = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) onFile(file);
  };
  return (
    <>
      <Button {...rest} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input ref={input} type="file" accept={accept} hidden onChange={read} />
    </>
  );
};
