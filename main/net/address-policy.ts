/** Where a request may go. */
export type AddressClass = 'public' | 'local' | 'forbidden';
/** Classifies one literal IP address, as text without brackets. */
export type AddressPolicy = (address: string) => AddressClass;
/** All addresses of a name. Throws AppError DNS_FAIL. */
export type Resolve = (hostName: string, signal: AbortSignal) => Promise<{ address: string; family: 4 | 6 }[]>;
