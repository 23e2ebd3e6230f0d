import { useLayoutEffect } from 'react';
import { useRegion } from '../ui/use-region.ts';
import { regionOf, writeAs } from '../words/locale.ts';

/** Has dates and numbers written as the setting `region` says. Answers the tag in use: what remembers how it wrote is begun anew by it. */
export const useWrittenAs = (setting: string | undefined): string => {
  useLayoutEffect(() => {
    if (setting !== undefined) writeAs(regionOf(setting, navigator.language));
  }, [setting]);
  return useRegion().tag;
};
