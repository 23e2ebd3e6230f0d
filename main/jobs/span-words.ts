const MINUTE = 60_000;

/** A span of time for people, rounded: *30 minutes*, *2.5 hours*, *1 day*. */
export const inWords = (ms: number): string => {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 30) / 2, 'hour']
        : [Math.round(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
