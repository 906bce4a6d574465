import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenQuiet } from '@/shared/whenQuiet';
import { App } from './App';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no #root to live in');
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// The first script's row stands in for the page's own pictures until they are there.
void whenQuiet().then(() => document.getElementById('first')?.remove());

if (import.meta.env.PROD) {
  // Without a worker the page is the same, but for what it says offline.
  void whenQuiet()
    .then(() => import('./registerWorker'))
    .then(({ registerWorker }) => registerWorker())
    .catch(() => undefined);
}
