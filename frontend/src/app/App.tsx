import { MantineProvider } from '@mantine/core';
import { ModalsProvider, type ModalsProviderProps } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { createQueries } from './queries';
import { createRoutes } from './routes';
import { theme } from './theme';

// A dialog's header is no banner of the page, as its tag would have it.
const dialogs: ModalsProviderProps['modalProps'] = {
  centered: true,
  zIndex: 300,
  closeButtonProps: { 'aria-label': 'Close' },
  attributes: { header: { role: 'presentation' } },
};

/** The page: its look, its cache and its routes. */
export function App() {
  const [queries] = useState(createQueries);
  const [routes] = useState(createRoutes);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <ModalsProvider modalProps={dialogs}>
          <RouterProvider router={routes} />
          <Notifications position="bottom-center" zIndex={500} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
