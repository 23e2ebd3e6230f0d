import type { Handlers } from '../../preload/contract/contract.ts';
import { createDigestHandlers } from './digests.ts';
import { createDomainHandlers } from './domains.ts';
import { createFolderHandlers } from './folders.ts';
import { createGapHandlers } from './gaps.ts';
import { createHostHandlers } from './hosts.ts';
import { createJobHandlers } from './jobs.ts';
import { createKeepingHandlers } from './keeping.ts';
import { createMessageHandlers } from './messages.ts';
import { createOpmlHandlers } from './opml.ts';
import { createPostHandlers } from './posts.ts';
import { createReadingHandlers } from './reading.ts';
import { createRecipientHandlers } from './recipients.ts';
import { createRuleHandlers } from './rules.ts';
import { createRunHandlers } from './runs.ts';
import { createScheduleHandlers } from './schedules.ts';
import { createSearchHandlers } from './searches.ts';
import { createSecretHandlers } from './secrets.ts';
import type { Services } from './services.ts';
import { createSettingsHandlers } from './settings.ts';
import { createSourceHandlers } from './sources.ts';
import { createStatsHandlers } from './stats.ts';
import { createStatusHandlers } from './status.ts';
import { createTopHandlers } from './top.ts';
import { createUpdateHandlers } from './updates.ts';

/** One handler for every line of the contract. */
export const createHandlers = (services: Services): Handlers => ({
  ...createStatusHandlers(services),
  ...createPostHandlers(services),
  ...createRuleHandlers(services),
  ...createReadingHandlers(services),
  ...createSearchHandlers(services),
  ...createSourceHandlers(services),
  ...createFolderHandlers(services),
  ...createHostHandlers(services),
  ...createOpmlHandlers(services),
  ...createTopHandlers(services),
  ...createScheduleHandlers(services),
  ...createRunHandlers(services),
  ...createDigestHandlers(services),
  ...createRecipientHandlers(services),
  ...createMessageHandlers(services),
  ...createSecretHandlers(services),
  ...createDomainHandlers(services),
  ...createJobHandlers(services),
  ...createGapHandlers(services),
  ...createStatsHandlers(services),
  ...createSettingsHandlers(services),
  ...createUpdateHandlers(services),
  ...createKeepingHandlers(services),
});
