import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_REQUEST_CHARS } from '../../preload/contract/contract.ts';
import { loopbackCsp, SECURITY_HEADERS } from '../lib/csp.ts';
import { type AllowedHosts, whyRefused } from './guard.ts';
import type { StaticFiles } from './static-files.ts';

/** What a POST is answered with: a status, and a document where there is something to say. */
export type Answer = { status: number; body?: unknown };
/** Answers a POST whose body is a JSON object; what is in it is not checked yet. */
export type PostRoute = (body: Record<string, unknown>) => Answer;

/** What requests are answered from. */
export type RouteDeps = {
  files: StaticFiles;
  posts: Readonly<Record<string, PostRoute>>;
  allowed: () => AllowedHosts;
  /** Hears why a request was refused: `host`, `origin`, `site`, `size`. */
  onRefused: (why: string) => void;
};

const end = (response: ServerResponse, status: number, headers: Record<string, string> = {}, body?: Buffer | string): void => {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Length': String(Buffer.byteLength(body ?? '')), ...headers });
  response.end(body);
};

const hangUp = (response: ServerResponse, status: number): void => end(response, status, { Connection: 'close' });

/** The body of a request, or undefined when it is larger than 1 MiB. */
const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  if (Number(request.headers['content-length'] ?? 0) > MAX_REQUEST_CHARS) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_CHARS) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parseObject = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

const answerPost = async (
  route: PostRoute,
  request: IncomingMessage,
  response: ServerResponse,
  deps: RouteDeps,
): Promise<void> => {
  // A form of another site cannot send this type without asking first, and we never answer that question.
  if (!/^application\/json(;|$)/i.test(request.headers['content-type'] ?? '')) return hangUp(response, 415);
  const text = await readBody(request);
  if (text === undefined) {
    deps.onRefused('size');
    return hangUp(response, 413);
  }
  const body = parseObject(text);
  if (!body) return end(response, 400);
  const answer = route(body);
  if (answer.body === undefined) return end(response, answer.status);
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  return end(response, answer.status, headers, JSON.stringify(answer.body));
};

const answerGet = (request: IncomingMessage, response: ServerResponse, { files, allowed }: RouteDeps): void => {
  const file = files.get(request.url ?? '');
  if (!file) {
    end(response, 404);
    return;
  }
  const hosts = [...allowed()].filter((host) => !host.startsWith('['));
  const headers = { ...file.headers, 'Content-Security-Policy': loopbackCsp(hosts), 'Content-Length': String(file.body.length) };
  end(response, 200, headers, request.method === 'HEAD' ? undefined : file.body);
};

/** Answers one HTTP request: the checks of the guard first, then the page's files and a few POST routes. */
export const handleRequest = async (request: IncomingMessage, response: ServerResponse, deps: RouteDeps): Promise<void> => {
  const why = whyRefused(request, deps.allowed());
  if (why) {
    deps.onRefused(why);
    return hangUp(response, 403);
  }
  if (request.method === 'GET' || request.method === 'HEAD') return answerGet(request, response, deps);
  const route =
    request.method === 'POST' && Object.hasOwn(deps.posts, request.url ?? '') ? deps.posts[request.url ?? ''] : undefined;
  return route ? answerPost(route, request, response, deps) : hangUp(response, 404);
};
