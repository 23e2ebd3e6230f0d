/** Feeds of well-known sites by the shape of the address; nothing is asked for it. */
type Site = { host: RegExp; feeds: (url: URL, parts: string[]) => string[] };

const youTube = (url: URL, [kind, name]: string[]): string[] => {
  const feed = (key: string, value: string): string[] => [
    `https://www.youtube.com/feeds/videos.xml?${key}=${encodeURIComponent(value)}`,
  ];
  const list = url.searchParams.get('list');
  if (kind === 'playlist' && list) return feed('playlist_id', list);
  if (kind === 'channel' && name) return feed('channel_id', name);
  return kind === 'user' && name ? feed('user', name) : [];
};

const gitHub = (_: URL, [owner, repository, page]: string[]): string[] => {
  if (!owner || /^(?:about|features|login|marketplace|orgs|settings|topics|trending)$/.test(owner)) return [];
  if (!repository) return [`https://github.com/${owner}.atom`];
  const base = `https://github.com/${owner}/${repository.replace(/\.git$/, '')}`;
  const names = ['releases', 'commits', 'tags'];
  const asked = names.filter((name) => name === page);
  return (asked.length > 0 ? asked : names).map((name) => `${base}/${name}.atom`);
};

const reddit = (_: URL, [kind, name, ...rest]: string[]): string[] => {
  if (!name || !/^(?:r|u|user)$/.test(kind ?? '')) return [];
  const order = /^(?:new|top|hot|rising|controversial)$/.test(rest[0] ?? '') ? `${rest[0]}/` : '';
  const place = rest[0] === 'comments' ? `${rest.slice(0, 2).join('/')}/` : order;
  return [`https://www.reddit.com/${kind === 'u' ? 'user' : kind}/${name}/${place}.rss`];
};

const SITES: Site[] = [
  { host: /^(?:www\.|m\.)?youtube\.com$/, feeds: youTube },
  { host: /^(?:www\.)?github\.com$/, feeds: gitHub },
  { host: /^(?:www\.|old\.|new\.)?reddit\.com$/, feeds: reddit },
];

/** The addresses of the feeds of a YouTube channel, user or playlist, a GitHub account or repository, a subreddit or Reddit user. */
export const knownFeeds = (address: string): string[] => {
  const url = URL.parse(address);
  if (!url || /\.(?:atom|rss|xml|json)$/i.test(url.pathname)) return [];
  const parts = url.pathname.split('/').filter(Boolean);
  return SITES.find(({ host }) => host.test(url.hostname))?.feeds(url, parts) ?? [];
};

/** Where feeds usually are, tried only when a page names none. */
export const usualFeeds = (address: string): string[] => {
  const url = URL.parse(address);
  if (!url) return [];
  const here = url.pathname.replace(/[^/]*$/, '');
  const names = ['feed', 'rss', 'atom.xml', 'feed.xml', 'index.xml', 'rss.xml', 'feed.json'];
  const atRoot = names.map((name) => `${url.origin}/${name}`);
  return here === '/' ? atRoot : [`${url.origin}${here}feed`, ...atRoot];
};
