import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { isPlausible } from '../lib/clock.ts';
import { defineJob, type JobContext, type JobDefinition } from './job.ts';
import type { JobServices } from './services.ts';

const optionsSchema = z.strictObject({
  folder: z
    .string()
    .max(1000)
    .refine((path) => isAbsolute(path), 'Give the whole path.')
    .optional()
    .describe('Where backups are kept; without it in the folder "backups" of the data folder. Another disk is safer.'),
  days: z.int().min(1).max(366).optional().describe('Of so many days the newest backup is kept; 7 unless said.'),
  weeks: z.int().min(0).max(520).optional().describe('And of so many weeks before them; 4 unless said.'),
});
type Options = z.infer<typeof optionsSchema>;

const DAYS = 7;
const WEEKS = 4;
const MEGABYTE = 1 << 20;

const run = async ({ store, events }: JobServices, context: JobContext<Options>): Promise<void> => {
  const { folder, days = DAYS, weeks = WEEKS } = context.options;
  for (const name of ['posts', 'files', 'bytes', 'backups_removed', 'processed', 'succeeded']) context.count(name, 0);
  context.step('Pack and read back');
  const made = await store.backups.make({
    ...(folder ? { folder } : {}),
    signal: context.signal,
    onProgress: (done, total) => context.progress(Math.floor(done / MEGABYTE), Math.ceil(total / MEGABYTE), 'Megabytes packed'),
  });
  context.count('files', made.files);
  context.count('processed', made.files);
  context.count('succeeded', made.files);
  context.count('posts', made.counts.posts);
  context.count('bytes', made.bytes);
  context.log(
    'info',
    `Packed and read back: ${made.counts.posts.toLocaleString('en')} posts in ${made.bytes.toLocaleString('en')} bytes.`,
  );
  context.step('Let old backups go');
  // Going by a clock that is plainly wrong would take the wrong ones away.
  if (isPlausible(context.now())) context.count('backups_removed', (await store.backups.rotate({ days, weeks }, folder)).length);
  else context.log('warn', 'The clock of this computer is plainly wrong, so no older backup is removed.');
  events.emit('backups.changed', {});
};

/** Makes a backup of everything, tries it out, and lets older ones go: 7 daily and 4 weekly stay. */
export const createBackUp = (services: JobServices): JobDefinition =>
  defineJob<Options>({
    kind: 'back-up',
    title: 'Back up',
    description:
      'Packs everything into one file and reads it back to be sure. The newest of 7 days and of 4 weeks before are kept.',
    optionsSchema,
    suggestedTrigger: { type: 'daily', time: '03:30' },
    goesOut: false,
    run: (context) => run(services, context),
  });
