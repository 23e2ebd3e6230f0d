import { count } from '../counting.ts';

/** The palette: one field that finds every command, place and thing. */
export const palette = {
  name: 'Find anything, do anything',
  field: 'Find a command, place, source, setting or post',
  placeholder: 'What do you want to do, or find?',
  results: 'Found',
  found: (amount: number) => count(amount, 'result'),
  nothing: 'Nothing here is called that.',
  searchFor: (text: string) => `Search posts for “${text}”`,
  runNow: (name: string) => `Run ${name} now`,
  editSource: (name: string) => `About ${name}`,
  alreadyGoing: (name: string) => `${name} is already going`,
  paused: 'paused',
  off: 'off',
  choose: 'choose',
  move: 'move',
  close: 'close',
  kinds: {
    used: 'Used last',
    here: 'On this screen',
    command: 'Commands',
    place: 'Go to',
    schedule: 'Schedules',
    source: 'Sources',
    folder: 'Folders',
    search: 'Searches',
    label: 'Labels',
    setting: 'Settings',
    post: 'Posts',
  },
};
