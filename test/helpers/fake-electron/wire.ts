/* What the fake application and the test that drives it say to each other, over Node's own IPC with structured clone. */

/** A menu as plain data. */
export type MenuData = { label: string; type?: string; enabled: boolean; checked?: boolean; submenu?: MenuData }[];

/** Where a window is, in the pixels of the screen. */
export type Place = { x?: number; y?: number; width?: number; height?: number };

/** From the application to the test. */
export type FromApp =
  | { kind: 'load'; url: string }
  | { kind: 'reload' }
  | { kind: 'window'; state: 'created'; place: Place; webPreferences: Record<string, unknown> }
  | { kind: 'window'; state: 'shown' | 'focused' | 'closed' }
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'tray'; image?: string; toolTip?: string; menu?: MenuData }
  | { kind: 'external'; url: string }
  | { kind: 'dialog'; title: string; text: string }
  | { kind: 'notification'; title: string; body: string }
  | { kind: 'badge'; count: number }
  | { kind: 'revealed'; path: string }
  | { kind: 'second-start' }
  | { kind: 'answer'; id: number; value?: unknown; error?: string };

export type FakeFrame = { isMain: boolean; origin: string } | null;
export type FakeResponse = { status: number; headers: Record<string, string>; body: Uint8Array } | null;

/** From the test to the application; each is answered with the same `id`. */
export type ToApp = { id: number } & (
  | { kind: 'invoke'; channel: string; args: unknown[]; frame: FakeFrame }
  | { kind: 'fetch'; url: string; method: string }
  | { kind: 'click'; path: string[] }
  | { kind: 'emit'; target: 'app' | 'powerMonitor' | 'nativeTheme' | 'window'; name: string; args: unknown[] }
  /** On the message shown last. */
  | { kind: 'click-notification' }
  | { kind: 'close-window' }
  | { kind: 'place-window'; place: Required<Place> }
  /** What the system tells from now on when it is asked. */
  | { kind: 'set-system'; state: { onBattery?: boolean; isOnline?: boolean } }
  /** The computer slept: its clock is so much later at once. */
  | { kind: 'pass-time'; ms: number }
  | { kind: 'crash-page' }
  | { kind: 'hang-page' }
  | { kind: 'window-open'; url: string }
  | { kind: 'navigate'; url: string }
);
/** The same without its number, which the sender adds. */
export type Ask = ToApp extends infer Message ? (Message extends { id: number } ? Omit<Message, 'id'> : never) : never;
