import { MantineProvider } from '@mantine/core';
import { notificationsStore } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { whenAsked } from '@/shared/dialogs';
import { whenQuiet } from '@/shared/whenQuiet';
import { Later } from './Later';
import { createQueries } from './queries';
import { PageRouter } from './PageRouter';
import { Pages } from './routes';
import { theme } from './theme';

const fetchDialogs = () => import('./DialogsProvider');
const fetchNotices = () => import('./Notices');
const whenDialogs = () => Promise.race([whenAsked(), whenQuiet()]);
const whenNoticed = () => Promise.race([whenNotified(), whenQuiet()]);

/** Resolves with the first notification, of which there may be one already. */
function whenNotified(): Promise<void> {
  return new Promise((resolve) => {
    if (notificationsStore.getState().notifications.length > 0) resolve();
    const forget = notificationsStore.subscribe(() => {
      forget();
      resolve();
    });
  });
}

/** The page: its look, its cache and its routes. */
export function App() {
  const [queries] = useState(createQueries);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <PageRouter>
          <Pages />
        </PageRouter>
        <Later when={whenDialogs} fetch={fetchDialogs} />
        <Later when={whenNoticed} fetch={fetchNotices} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
