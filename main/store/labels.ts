import { fold } from '../lib/fold.ts';
import { changeRows } from './change-rows.ts';
import type { PostMonths } from './post-months.ts';
import type { PostsRepository } from './repositories.ts';

const MAX_LABELS = 20;

/** Gives and takes labels. They are compared without case and accents; one in use keeps its spelling. */
export const createLabels = (months: PostMonths): PostsRepository['label'] => {
  return async (ids, { add = [], remove = [] }) => {
    await months.loaded();
    const spelled = new Map(
      months
        .table()
        .labels()
        .map(({ name }) => [fold(name), name]),
    );
    const gone = new Set(remove.map(fold));
    const changes = [...new Set(ids)].map((id) => ({ id }));
    const pairs = await changeRows(months, changes, ({ labels: had = [], ...post }) => {
      const labels = had.filter((label) => !gone.has(fold(label)));
      const known = new Set(labels.map(fold));
      for (const label of add) {
        if (!known.has(fold(label))) labels.push(spelled.get(fold(label)) ?? label);
        known.add(fold(label));
      }
      return { ...post, ...(labels.length > 0 ? { labels: labels.slice(0, MAX_LABELS) } : {}) };
    });
    return pairs.map(({ after }) => after.id);
  };
};
