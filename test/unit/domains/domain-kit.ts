import type { Page } from '../../helpers/jobs-bench.ts';
import { body, type JobsBench } from '../../helpers/jobs-bench.ts';
import { draft } from '../../helpers/store-kit.ts';

/** The text of a home page with everything a domain can have. */
export const homePage = (name: string): string =>
  `<!doctype html><html lang="en-GB"><head><title>The ${name} &amp; co</title>` +
  `<meta name="description" content="All about ${name}."><link rel="icon" href="/icon.png">` +
  `<link rel="alternate" type="application/rss+xml" title="News" href="/feed.xml"></head><body><h1>${name}</h1></body></html>`;

/** The answer of a site to the question for its home page. */
export const homeAnswer = (host: string, html = homePage(host)): ReturnType<typeof body> =>
  body(html, { contentType: 'text/html; charset=utf-8', finalUrl: `https://${host}/` });

/** Keeps one post for each of these hosts, all of one source, and lets their sites answer well. */
export const keepPosts = async (bench: JobsBench, hosts: readonly string[]): Promise<void> => {
  const now = new Date(bench.clock.now()).toISOString();
  const drafts = hosts.map((host) => draft(host, { url: `https://${host}/a-post`, domain: host.replace(/^www\./, '') }));
  await bench.store.posts.save('source', drafts, { now });
  for (const host of hosts) if (!bench.web.has(`https://${host}/`)) site(bench, host, () => homeAnswer(host));
};

/** What the home page of a host answers. */
export const site = (bench: JobsBench, host: string, page: Page): void => {
  bench.web.set(`https://${host}/`, page);
};

/** `site-1.example` and so on. */
export const hosts = (count: number): string[] => Array.from({ length: count }, (_, index) => `site-${index + 1}.example`);

export const statusOf = (bench: JobsBench, host: string): string | undefined => bench.store.domains.get(host)?.status;
