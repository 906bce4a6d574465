import { EmptyState, Skeleton } from '@mantine/core';
import { IconMessages, IconUserOff } from '@tabler/icons-react';
import { Outlet, useOutletContext, useParams } from 'react-router';
import { Problem } from '@/api/problem';
import type { User } from '@/api/types';
import { AlbumsBy } from '@/features/albums/AlbumsBy';
import { CircleList } from '@/features/people/CircleList';
import type { Circle } from '@/features/people/circles';
import { Profile } from '@/features/people/Profile';
import { useUser } from '@/features/people/useUser';
import { PostList } from '@/features/posts/PostList';
import { useMe } from '@/shared/people/me';
import { nameOfPerson } from '@/shared/people/names';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { usePageTitle } from '@/shared/usePageTitle';
import { PostItems } from './PostItems';
import classes from './Posts.module.css';

/** Somebody's profile, over what they posted or the people around them. */
export function PersonPage() {
  const { username = '' } = useParams();
  const { data: user, error, refetch } = useUser(username);
  usePageTitle(user && nameOfPerson(user));
  if (error instanceof Problem && error.status === 404)
    return (
      <EmptyState
        role="alert"
        py="xl"
        icon={<IconUserOff stroke={1.25} aria-hidden />}
        title={<h1>There is nobody of that name</h1>}
        description="They may have chosen another name, or deleted their account."
      />
    );
  if (!user && error)
    return <ErrorNotice title="The profile could not be loaded" error={error} retry={() => void refetch()} />;
  return (
    <div className={classes.column}>
      {user ? (
        <>
          <Profile user={user} />
          <Outlet context={user} />
        </>
      ) : (
        <Skeleton height={160} role="status" aria-label="Loading the profile" />
      )}
    </div>
  );
}

/** What somebody posted, newest first. */
export function PostsOfPerson() {
  const user = useOutletContext<User>();
  const { data: me } = useMe();
  const own = me?.username === user.username;
  return (
    <PostList
      key={user.username}
      choice={{ kind: 'author', author: user.username }}
      Items={PostItems}
      empty={
        <EmptyState
          py="xl"
          icon={<IconMessages stroke={1.25} aria-hidden />}
          title={
            own ? 'You have not posted anything yet' : `${nameOfPerson(user)} has not posted anything yet`
          }
          description={own && 'Open a picture and choose “Post” to show it to others.'}
        />
      }
    />
  );
}

/** The albums of somebody that everybody sees. */
export function AlbumsOfPerson() {
  const user = useOutletContext<User>();
  return <AlbumsBy key={user.username} username={user.username} name={nameOfPerson(user)} />;
}

/** The people around somebody. */
export function CircleOfPerson({ circle }: { circle: Circle }) {
  const user = useOutletContext<User>();
  return <CircleList key={user.username} user={user} circle={circle} />;
}
