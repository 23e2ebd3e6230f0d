/** What is dropped beside a place that takes it stays outside: a browser would go to it and leave the page. */
export const holdDrops = (): void => {
  addEventListener('dragover', (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  });
  addEventListener('drop', (event) => event.preventDefault());
};
