/*
 * Takes the lock of a folder when told to, and says how that went. Lines in: `go DIR`. Lines out: `ready`, `won`, `lost CODE MESSAGE`.
 * Who won gives the lock back at the line `back`.
 */
import { createInterface } from 'node:readline';
import { nodeFs } from '../../main/store/fs.ts';
import { type Lock, takeLock } from '../../main/store/lock.ts';
import { toAppError } from '../../preload/contract/errors.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
let lock: Lock | undefined;

const go = async (dir: string): Promise<void> => {
  try {
    lock = await takeLock(nodeFs, dir, Date.now);
    say('won');
  } catch (error) {
    const { code, message } = toAppError(error);
    say(`lost ${code} ${message}`);
  }
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'back') void lock?.release().then(() => say('given back'));
    else void go(line.slice('go '.length));
  })
  .on('close', () => process.exit(0));
say('ready');
