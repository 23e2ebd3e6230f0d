import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createClient } from './client/client.ts';
import { ClientProvider } from './client/client-context.tsx';
import { findTransport } from './client/transport.ts';
import { rememberPlace } from './client/use-view.ts';
import { holdDrops } from './shell/hold-drops.ts';
import { wordsTag } from './words/words.ts';

const client = createClient(findTransport());
rememberPlace();
holdDrops();
document.documentElement.lang = wordsTag;

const place = document.getElementById('root');
if (place)
  createRoot(place).render(
    <StrictMode>
      <ClientProvider client={client}>
        <App />
      </ClientProvider>
    </StrictMode>,
  );
