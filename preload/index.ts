import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Announcement, Transport } from './contract/contract.ts';

/** The bridge: forwards questions and announcements, and knows no method names. */
const transport: Transport = {
  request: (method, params) => ipcRenderer.invoke('tidings:request', method, params),
  onEvent: (listener) => {
    const heard = (_event: IpcRendererEvent, announcement: Announcement): void => listener(announcement);
    ipcRenderer.on('tidings:event', heard);
    return () => {
      ipcRenderer.removeListener('tidings:event', heard);
    };
  },
};

contextBridge.exposeInMainWorld('tidings', transport);
