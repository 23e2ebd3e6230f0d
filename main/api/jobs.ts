import { z } from 'zod';
import type { Handlers } from '../../preload/contract/contract.ts';
import type { Services } from './services.ts';

/** What the screen can ask about kinds of work. */
export const createJobHandlers = (services: Services): Pick<Handlers, 'jobs.list'> => ({
  'jobs.list': async () =>
    [...(await services.machine()).jobs.values()].map(
      ({ kind, title, description, optionsSchema, suggestedTrigger, goesOut }) => ({
        kind,
        title,
        description,
        optionsSchema: z.toJSONSchema(optionsSchema, { io: 'input', unrepresentable: 'any' }),
        suggestedTrigger,
        goesOut,
      }),
    ),
});
