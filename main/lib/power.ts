/** What a host can tell of this computer's power and network. Hints: no answer is better than a wrong one, the clock stays the truth. */
export type Senses = {
  isOnBattery?: () => boolean;
  /** So warm that the system slows it down. */
  isHot?: () => boolean;
  /** False: surely no connection. True says little. */
  isOnline?: () => boolean;
};

/** Something that has just happened to this computer. */
export type Hint = 'suspend' | 'resume' | 'lock' | 'unlock' | 'power' | 'network';

/** Why heavy work would better wait, in words that follow *Deferred*: `on battery`. */
export type WaitReason = 'on battery' | 'on a metered connection' | 'while this computer is hot';
