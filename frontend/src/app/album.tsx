import '@mantine/core/styles.layer.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Guest } from '@/features/guest/Guest';
import { createQueries } from './queries';
import { theme } from './theme';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no #root to live in');
}
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={createQueries()}>
        <Guest />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
