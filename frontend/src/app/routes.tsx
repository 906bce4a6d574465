import { lazy, type ComponentType } from 'react';
import { useLocation, useRoutes, type RouteObject } from 'react-router';
import { Breakable } from './Breakable';
import { GalleryPage } from './GalleryPage';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

/** What the address asks for, or what is said where that breaks. */
export function Pages() {
  const page = useRoutes(ROUTES);
  return <Breakable place={useLocation().key}>{page}</Breakable>;
}

/** Returns a page whose code is fetched once it is asked for. */
function later<Props>(fetch: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await fetch() }));
}

const AccountPage = later(async () => (await import('./AccountPage')).AccountPage);
const AdminPage = later(async () => (await import('./AdminPage')).AdminPage);
const AlbumsOfPerson = later(async () => (await import('./PersonPage')).AlbumsOfPerson);
const AlbumsPage = later(async () => (await import('./AlbumsPage')).AlbumsPage);
const AnalyticsPage = later(async () => (await import('./AnalyticsPage')).AnalyticsPage);
const CircleOfPerson = later(async () => (await import('./PersonPage')).CircleOfPerson);
const CounterPage = later(async () => (await import('./CounterPage')).CounterPage);
const LabelsPage = later(async () => (await import('./LabelsPage')).LabelsPage);
const MosaicPage = later(async () => (await import('./MosaicPage')).MosaicPage);
const MyProfilePage = later(async () => (await import('./MyProfilePage')).MyProfilePage);
const PeoplePage = later(async () => (await import('./PeoplePage')).PeoplePage);
const PersonPage = later(async () => (await import('./PersonPage')).PersonPage);
const PicturePage = later(async () => (await import('./PicturePage')).PicturePage);
const PostPage = later(async () => (await import('./PostPage')).PostPage);
const PostsOfPerson = later(async () => (await import('./PersonPage')).PostsOfPerson);
const PostsPage = later(async () => (await import('./PostsPage')).PostsPage);
const ShareMissedPage = later(async () => (await import('./ShareMissedPage')).ShareMissedPage);
const TryPage = later(async () => (await import('./TryPage')).TryPage);

const POSTS: RouteObject = {
  path: 'posts',
  children: [
    { index: true, element: <PostsPage /> },
    { path: 'following', element: <PostsPage shown="following" /> },
    { path: 'newest', element: <PostsPage shown="newest" /> },
    { path: 'most-liked', element: <PostsPage shown="most-liked" /> },
    { path: ':id', element: <PostPage /> },
  ],
};

const PEOPLE: RouteObject = {
  path: 'people',
  children: [
    { index: true, element: <PeoplePage /> },
    { path: 'me', element: <MyProfilePage /> },
    {
      path: ':username',
      element: <PersonPage />,
      children: [
        { index: true, element: <PostsOfPerson /> },
        { path: 'albums', element: <AlbumsOfPerson /> },
        { path: 'followers', element: <CircleOfPerson circle="followers" /> },
        { path: 'following', element: <CircleOfPerson circle="following" /> },
        { path: 'mutual', element: <CircleOfPerson circle="mutual" /> },
      ],
    },
  ],
};

/** The page's addresses. A picture opens over the gallery, which keeps its place beneath. */
const ROUTES: RouteObject[] = [
  {
    element: <Shell />,
    children: [
      {
        path: '/',
        element: <GalleryPage />,
        children: [
          { path: 'images/:id', element: <PicturePage /> },
          { path: 'albums/:album', element: <></> },
        ],
      },
      { path: 'albums', element: <AlbumsPage /> },
      { path: 'counter', element: <CounterPage /> },
      { path: 'images/:id/mosaic', element: <MosaicPage /> },
      { path: 'labels', element: <LabelsPage /> },
      { path: 'try', element: <TryPage /> },
      { path: 'analytics', element: <AnalyticsPage /> },
      { path: 'admin/:part?', element: <AdminPage /> },
      POSTS,
      PEOPLE,
      { path: 'account', element: <AccountPage /> },
      { path: 'share-missed', element: <ShareMissedPage /> },
      { path: '*', element: <NotFound /> },
    ],
  },
];
