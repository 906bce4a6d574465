import { createBrowserRouter } from 'react-router';
import { Broken } from './Broken';
import { GalleryPage } from './GalleryPage';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

/** The page's addresses. A picture opens over the gallery, which keeps its place beneath. */
export function createRoutes() {
  return createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <Broken />,
      children: [
        {
          path: '/',
          element: <GalleryPage />,
          children: [
            {
              path: 'images/:id',
              lazy: async () => ({ Component: (await import('./PicturePage')).PicturePage }),
              hydrateFallbackElement: <></>,
            },
          ],
        },
        {
          path: 'counter',
          lazy: async () => ({ Component: (await import('./CounterPage')).CounterPage }),
          hydrateFallbackElement: <></>,
        },
        {
          path: 'images/:id/mosaic',
          lazy: async () => ({ Component: (await import('./MosaicPage')).MosaicPage }),
          hydrateFallbackElement: <></>,
        },
        {
          path: 'labels',
          lazy: async () => ({ Component: (await import('./LabelsPage')).LabelsPage }),
          hydrateFallbackElement: <></>,
        },
        {
          path: 'try',
          lazy: async () => ({ Component: (await import('./TryPage')).TryPage }),
          hydrateFallbackElement: <></>,
        },
        {
          path: 'analytics',
          lazy: async () => ({ Component: (await import('./AnalyticsPage')).AnalyticsPage }),
          hydrateFallbackElement: <></>,
        },
        {
          path: 'admin/:part?',
          lazy: async () => ({ Component: (await import('./AdminPage')).AdminPage }),
          hydrateFallbackElement: <></>,
        },
        { path: '*', element: <NotFound /> },
      ],
    },
  ]);
}
