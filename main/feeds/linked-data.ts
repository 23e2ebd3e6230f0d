import { oneLine } from './text.ts';

/** What JSON-LD tells of an article. https://schema.org/Article */
export type LinkedData = { title?: string; published?: string; author?: string; description?: string };

const ARTICLE = /(?:Article|BlogPosting|Report|Posting)$/;
const MOST_NODES = 200;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() ? oneLine(value.slice(0, 2000)) : undefined;

const nameOf = (value: unknown): string | undefined => {
  const one = Array.isArray(value) ? value[0] : value;
  return text(isObject(one) ? one.name : one);
};

const isArticle = (node: Json): boolean => [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE.test(type));

/** Every object of a block: itself, its `@graph`, its list. */
const nodesOf = (block: string): Json[] => {
  try {
    const whole: unknown = JSON.parse(block);
    const list = Array.isArray(whole) ? whole : isObject(whole) && Array.isArray(whole['@graph']) ? whole['@graph'] : [whole];
    return list.slice(0, MOST_NODES).filter(isObject);
  } catch {
    return [];
  }
};

/** The first article in the JSON-LD blocks of a page; empty where there is none. */
export const readLinkedData = (blocks: readonly string[]): LinkedData => {
  const article = blocks.flatMap(nodesOf).find(isArticle);
  if (!article) return {};
  const [title, published, author, description] = [
    text(article.headline) ?? text(article.name),
    text(article.datePublished),
    nameOf(article.author),
    text(article.description),
  ];
  return {
    ...(title ? { title } : {}),
    ...(published ? { published } : {}),
    ...(author ? { author } : {}),
    ...(description ? { description } : {}),
  };
};
