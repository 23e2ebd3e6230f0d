/** So many conditions a rule may have. */
export const MAX_CONDITIONS = 20;
