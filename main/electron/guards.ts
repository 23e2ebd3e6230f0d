import { app, type Session, type WebContents } from 'electron';

/** Switches that would open the application to whoever starts it. */
const REFUSED = [
  '--remote-debugging-port',
  '--remote-debugging-pipe',
  '--inspect',
  '--inspect-brk',
  '--inspect-port',
  '--disable-web-security',
];

/** The first refused switch in a command line, or undefined. */
export const refusedSwitch = (argv: readonly string[]): string | undefined =>
  argv.find((argument) => REFUSED.some((name) => argument === name || argument.startsWith(`${name}=`)));

/** Answers no to everything a page can ask of the system. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.on('will-download', (event, item) => {
    // An export the page made itself goes through the system's save dialog; nothing else is ever downloaded.
    if (!item.getURL().startsWith('blob:tidings://app/')) event.preventDefault();
  });
};

/** A page stays where it is: no navigation, no view inside, no second window; links go to the owner's browser. */
export const fenceIn = (contents: WebContents, openExternal: (url: string) => void): void => {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    // The frame a post is shown in has no address of its own.
    if (event.isMainFrame || event.url !== 'about:srcdoc') event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
};

/** The walls around every page and session of the application, also those made later. */
export const raiseWalls = (openExternal: (url: string) => void): void => {
  app.on('session-created', denyPermissions);
  app.on('web-contents-created', (_event, contents) => fenceIn(contents, openExternal));
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('login', (event, _contents, _details, _info, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
};
