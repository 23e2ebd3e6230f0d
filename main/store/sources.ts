import type { FetchJob } from '../../preload/contract/fetch-job.ts';
import type { Source } from '../../preload/contract/source.ts';
import type { Collection } from './collection.ts';
import type { PostMonths } from './post-months.ts';
import { LIVE } from './post-table.ts';
import { eachNewest } from './posts-query.ts';
import type { FailuresRepository, FetchMemory, SourcesRepository } from './repositories.ts';
import type { Shape } from './rows.ts';
import type { Tombstones } from './tombstones.ts';

export const sourcesShape: Shape<Source> = { name: 'sources', keyOf: (row) => row.id, migrations: [(row) => row] };

type Belongings = {
  months: PostMonths;
  fetchJobs: Collection<FetchJob>;
  memory: Collection<FetchMemory>;
  tombstones: Tombstones;
  failures: Pick<FailuresRepository, 'forgetSource'>;
};

/** The places we read. Removing one takes along what belongs to it, the source itself last, so that a crash leaves it there to remove again. */
export const createSources = (sources: Collection<Source>, belongings: Belongings): SourcesRepository => ({
  all: sources.all,
  get: sources.get,
  put: sources.put,
  remove: async (id) => {
    const { months, fetchJobs, memory, tombstones, failures } = belongings;
    await months.loaded();
    const table = months.table();
    // Its memory first: with validators but without posts the server would never send them again.
    await memory.remove([id]);
    const posts: string[] = [];
    eachNewest(table, (slot) => {
      if (table.flags(slot) & LIVE && table.sourceId(table.sourceNumber(slot)) === id) posts.push(table.row(slot).id);
    });
    await months.change({ remove: posts });
    await tombstones.forgetSource(id);
    const jobs = await fetchJobs.remove(fetchJobs.all().flatMap((job) => (job.sourceId === id ? job.id : [])));
    await failures.forgetSource(id);
    await sources.remove([id]);
    return { posts: posts.length, fetchJobs: jobs };
  },
});
