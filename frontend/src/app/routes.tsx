import { createBrowserRouter, type RouteObject } from 'react-router';
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
            { path: 'albums/:album', element: <></> },
          ],
        },
        ALBUMS,
        {
          path: 'counter',
          lazy: async () => ({ Component: (await import('./CounterPage')).CounterPage }),
          hydrateFallbackElement: <></>,
        },
        MOSAIC,
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
        POSTS,
        PEOPLE,
        {
          path: 'account',
          lazy: async () => ({ Component: (await import('./AccountPage')).AccountPage }),
          hydrateFallbackElement: <></>,
        },
        SHARE_MISSED,
        { path: '*', element: <NotFound /> },
      ],
    },
  ]);
}

const MOSAIC: RouteObject = {
  path: 'images/:id/mosaic',
  lazy: async () => ({ Component: (await import('./MosaicPage')).MosaicPage }),
  hydrateFallbackElement: <></>,
};

const ALBUMS: RouteObject = {
  path: 'albums',
  lazy: async () => ({ Component: (await import('./AlbumsPage')).AlbumsPage }),
  hydrateFallbackElement: <></>,
};

const SHARE_MISSED: RouteObject = {
  path: 'share-missed',
  lazy: async () => ({ Component: (await import('./ShareMissedPage')).ShareMissedPage }),
  hydrateFallbackElement: <></>,
};

const POSTS: RouteObject = {
  path: 'posts',
  hydrateFallbackElement: <></>,
  children: [
    { index: true, lazy: posts() },
    { path: 'following', lazy: posts('following') },
    { path: 'newest', lazy: posts('newest') },
    { path: 'most-liked', lazy: posts('most-liked') },
    { path: ':id', lazy: async () => ({ Component: (await import('./PostPage')).PostPage }) },
  ],
};

const PEOPLE: RouteObject = {
  path: 'people',
  hydrateFallbackElement: <></>,
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./PeoplePage')).PeoplePage }) },
    {
      path: 'me',
      lazy: async () => ({ Component: (await import('./MyProfilePage')).MyProfilePage }),
    },
    {
      path: ':username',
      lazy: async () => ({ Component: (await import('./PersonPage')).PersonPage }),
      children: [
        {
          index: true,
          lazy: async () => ({ Component: (await import('./PersonPage')).PostsOfPerson }),
        },
        { path: 'followers', lazy: circle('followers') },
        { path: 'following', lazy: circle('following') },
        { path: 'mutual', lazy: circle('mutual') },
      ],
    },
  ],
};

function posts(shown?: 'following' | 'newest' | 'most-liked') {
  return async () => {
    const { PostsPage } = await import('./PostsPage');
    return { element: <PostsPage shown={shown} /> };
  };
}

function circle(which: 'followers' | 'following' | 'mutual') {
  return async () => {
    const { CircleOfPerson } = await import('./PersonPage');
    return { element: <CircleOfPerson circle={which} /> };
  };
}
