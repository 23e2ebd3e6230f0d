import { z } from 'zod';
import { AppError } from '../../preload/contract/errors.ts';
import { compareVersions, readVersion } from '../lib/version.ts';
import type { Downloader } from '../net/download-types.ts';

/** Where the versions are listed, and the page people get them from. A publisher replaces both with the homepage. */
export const RELEASES_LIST = 'https://example.org/tidings/releases.json';
export const RELEASES_PAGE = 'https://example.org/tidings/releases';

/** A version that was published. */
export type Release = { version: string; at?: string };

/** More than any honest list takes: bytes, and entries that are looked at. */
const MAX_BYTES = 256 * 1024;
const MAX_RELEASES = 500;

const listSchema = z.object({ releases: z.array(z.unknown()) });
const releaseSchema = z.object({ version: z.string().max(64), at: z.iso.date().optional().catch(undefined) });

const malformed = (): AppError => new AppError('DOC_MALFORMED', 'The list of versions could not be read.');

/** The versions in a list; what is no version is left out. Throws DOC_TOO_BIG, DOC_MALFORMED. */
export const readReleases = (bytes: Uint8Array): Release[] => {
  if (bytes.byteLength > MAX_BYTES) throw new AppError('DOC_TOO_BIG', 'The list of versions is too long to be one.');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw malformed();
  }
  const list = listSchema.safeParse(value);
  if (!list.success) throw malformed();
  return list.data.releases.slice(0, MAX_RELEASES).flatMap((one) => {
    const release = releaseSchema.safeParse(one);
    if (!release.success || !readVersion(release.data.version)) return [];
    const { version, at } = release.data;
    return [{ version: version.replace(/^v/, ''), ...(at ? { at } : {}) }];
  });
};

/** The newest version after `current`. What comes before a release is told only to those who run such a version. */
export const newestAfter = (current: string, releases: readonly Release[]): Release | undefined => {
  const mine = readVersion(current);
  if (!mine) return undefined;
  let best: { release: Release; version: NonNullable<ReturnType<typeof readVersion>> } | undefined;
  for (const release of releases) {
    const version = readVersion(release.version);
    if (!version || (version.before.length > 0 && mine.before.length === 0)) continue;
    if (compareVersions(version, best?.version ?? mine) > 0) best = { release, version };
  }
  return best?.release;
};

/** Asks for the list, once. `own` is an address the owner of this computer gave, which may be local. Throws AppError of the network. */
export const createReleases = (download: Downloader['download'], own: string | undefined) => async (): Promise<Release[]> => {
  const answer = await download({ url: own ?? RELEASES_LIST, purpose: 'feed', allowLocalNetwork: own !== undefined });
  if (answer.kind !== 'body') throw malformed();
  return readReleases(answer.bytes);
};
