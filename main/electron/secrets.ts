import { safeStorage } from 'electron';
import type { Vault } from '../lib/secrets.ts';

/** Without a key store, Chromium on Linux seals with a key that everyone knows. */
const KNOWN_KEY = ['basic_text', 'unknown'];

/** The key store of this system: Keychain, DPAPI, Secret Service or KWallet. Can be used once the application is ready. */
export const systemVault: Vault = {
  seal: (text) => safeStorage.encryptStringAsync(text),
  open: async (bytes) => {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
    return { text: result, renew: shouldReEncrypt };
  },
  isSafe: async () =>
    (process.platform !== 'linux' || !KNOWN_KEY.includes(safeStorage.getSelectedStorageBackend())) &&
    (await safeStorage.isAsyncEncryptionAvailable()),
};
