import type { SecretName, SecretState } from '../../preload/contract/secret.ts';

/** Secrets of this profile. The values never leave the core. */
export type Secrets = {
  /** Undefined when it is not set or can no longer be opened. */
  get: (name: SecretName) => Promise<string | undefined>;
  set: (name: SecretName, value: string) => Promise<void>;
  remove: (name: SecretName) => Promise<void>;
  states: () => Promise<SecretState[]>;
};
