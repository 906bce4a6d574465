import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router';
import { Dialogs } from './Dialogs';
import { createQueries } from './queries';
import { createRoutes } from './routes';
import { theme } from './theme';

/** The page: its look, its cache and its routes. */
export function App() {
  const [queries] = useState(createQueries);
  const [routes] = useState(createRoutes);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={routes} />
        <Dialogs />
        <Notifications position="bottom-center" zIndex={500} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
