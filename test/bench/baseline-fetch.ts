/* The floor: everything fetched and inflated with 64 lanes, nothing parsed, nothing stored. Prints one JSON line. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, request } from 'undici';
import { peakMb } from './peak.ts';

type Input = { urls: string[]; etags?: Record<string, string> };
const input = JSON.parse(process.argv[2] ?? '{}') as Input;
const inflate = promisify(gunzip);
const dispatcher = new Agent({ connections: 1, pipelining: 1 });
const etags: Record<string, string> = {};
let next = 0;
let bytes = 0;
const cpuBefore = process.cpuUsage();
const began = performance.now();
const lane = async (): Promise<void> => {
  while (next < input.urls.length) {
    const url = input.urls[next++] as string;
    const known = input.etags?.[url];
    const { headers, body, statusCode } = await request(url, {
      dispatcher,
      headers: { 'accept-encoding': 'gzip', ...(known ? { 'if-none-match': known } : {}) },
    });
    const wire = Buffer.from(await body.arrayBuffer());
    const whole = headers['content-encoding'] === 'gzip' ? await inflate(wire) : wire;
    if (statusCode === 200) bytes += whole.length;
    etags[url] = String(headers.etag);
  }
};
await Promise.all(Array.from({ length: 64 }, lane));
const wallMs = performance.now() - began;
const during = process.cpuUsage(cpuBefore);
const cpu = process.cpuUsage();
await dispatcher.destroy();
process.stdout.write(
  `${JSON.stringify({ wallMs, cpuMs: (during.user + during.system) / 1000, wholeCpuMs: (cpu.user + cpu.system) / 1000, rssMb: peakMb(), bytes, etags })}\n`,
);
process.exit(0);
