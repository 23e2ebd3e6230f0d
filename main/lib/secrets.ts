import type { SecretName, SecretState } from '../../preload/contract/secret.ts';

/** Secrets of this profile. The values never leave the core. */
export type Secrets = {
  /** Undefined when it is not set or can no longer be opened. */
  get: (name: SecretName) => Promise<string | undefined>;
  /** Throws CONFLICT for a secret the owner gives by a file, and the errors of writing. */
  set: (name: SecretName, value: string) => Promise<void>;
  remove: (name: SecretName) => Promise<void>;
  states: () => Promise<SecretState[]>;
};

/** The key store of the system, lent by a host. `open` throws when it cannot open what it sealed once. */
export type Vault = {
  seal: (text: string) => Promise<Uint8Array>;
  /** `renew`: the key has changed, and the text should be sealed again. */
  open: (bytes: Uint8Array) => Promise<{ text: string; renew: boolean }>;
  /** False where sealing would only hide the text: our own file is as good then, and said to be what it is. */
  isSafe: () => Promise<boolean>;
};
