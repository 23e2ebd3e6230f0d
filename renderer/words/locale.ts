/*
 * How dates and numbers are written. The language of the words is another matter: see words.ts. The window sets the region
 * when the settings are read and when they change; whatever is drawn then asks for it anew.
 */

/** A way to write dates and numbers: the BCP 47 tag, and whether the design's own style stands in for what the tag says. */
export type Region = { tag: string; isHouse: boolean };

/** The design's own: `2 Oct`, 21:30, `1,204`, weeks from Monday. */
export const HOUSE_STYLE: Region = { tag: 'en-GB', isHouse: true };

let region = HOUSE_STYLE;

/** The region in use. */
export const regionNow = (): Region => region;
/** The BCP 47 tag that numbers are written by. */
export const locale = (): string => region.tag;

const known = (tag: string): string | undefined => {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
};

/**
 * What the setting `region` means on a system that speaks `system`. English systems get the house style, unless the owner
 * names a region; a tag that the browser does not know gets it too.
 */
export const regionOf = (setting: string, system: string): Region => {
  const tag = known(setting === 'system' ? system : setting);
  if (!tag || tag === HOUSE_STYLE.tag) return HOUSE_STYLE;
  const isEnglish = new Intl.Locale(tag).language === 'en';
  return setting === 'system' && isEnglish ? HOUSE_STYLE : { tag, isHouse: false };
};

const listeners = new Set<() => void>();
/** Hears when the region changes; answers how to stop hearing. */
export const onRegion = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
/** From here on dates and numbers are written so. */
export const writeAs = (next: Region): void => {
  if (next.tag === region.tag && next.isHouse === region.isHouse) return;
  region = next;
  for (const listener of listeners) listener();
};
