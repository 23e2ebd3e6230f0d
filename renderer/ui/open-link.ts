const SAFE_LINK = /^(https?|mailto):/i;

/** Opens a link of a framed page outside; anything but http, https and mailto is left alone. */
export const openLink = (event: MouseEvent): void => {
  const link = (event.target as Element | null)?.closest?.('a[href]');
  if (!link) return;
  event.preventDefault();
  const address = (link as HTMLAnchorElement).href;
  if (SAFE_LINK.test(address)) open(address, '_blank', 'noopener,noreferrer');
};
