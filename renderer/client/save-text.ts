/** Hands text to the browser as a file to keep. */
export const saveText = (fileName: string, text: string, type: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has taken its own hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
};
