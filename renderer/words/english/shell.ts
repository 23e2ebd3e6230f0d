import { count } from '../counting.ts';

/** The frame around every screen: moving in it, and what it says by itself. */
export const shell = {
  skipToList: 'To the list',
  skipToScreen: 'To the screen',
  newPosts: (amount: number) => count(amount, 'new post'),
  loadingScreen: 'Loading the screen',
  allAnswered: 'All alerts are put away',
  pausedHour: 'All schedules pause for an hour',
  paused: 'All schedules pause until you resume',
  resumed: 'Schedules run again',
  receiptGone: 'The receipt is put away',
};
