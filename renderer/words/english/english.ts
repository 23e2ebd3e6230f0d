import { charts } from './charts.ts';
import { client } from './client.ts';
import { commands } from './commands.ts';
import { digests } from './digests.ts';
import { domains } from './domains.ts';
import { format } from './format.ts';
import { gaps } from './gaps.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { keysHelp } from './keys-help.ts';
import { notifications } from './notifications.ts';
import { palette } from './palette.ts';
import { parts } from './parts.ts';
import { posts } from './posts.ts';
import { reader } from './reader.ts';
import { rules } from './rules.ts';
import { schedules } from './schedules.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { sourceValue } from './source-value.ts';
import { sources } from './sources.ts';
import { stats } from './stats.ts';
import { top } from './top.ts';
import { tree } from './tree.ts';
import { welcome } from './welcome.ts';

/**
 * Everything the window says, in English: one entry a place, a plain string or a function that puts values into a sentence.
 * A second language is a second object of the same type, `Words`.
 */
export const english = {
  client,
  top,
  gaps,
  digests,
  domains,
  stats,
  sourceValue,
  charts,
  format,
  help,
  history,
  notifications,
  keysHelp,
  commands,
  palette,
  search,
  settings,
  shell,
  rules,
  schedules,
  sources,
  welcome,
  parts,
  posts,
  tree,
  reader,
};
