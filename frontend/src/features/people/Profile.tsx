import { Avatar, Button, Text } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link, NavLink } from 'react-router';
import type { User } from '@/api/types';
import { usePerson } from '@/api/person';
import { useMe } from '@/shared/people/me';
import { addressOfPerson, initialOf } from '@/shared/people/names';
import { CIRCLES } from './circles';
import { FollowButton } from './FollowButton';
import classes from './People.module.css';

/** Who somebody is, and the ways to what they posted and to the people around them. */
export function Profile({ user }: { user: User }) {
  const { data: me } = useMe();
  const { username, display_name, bio } = user;
  return (
    <header className={classes.profile}>
      <Avatar size={72} color="fern" aria-hidden className={classes.avatar}>
        {initialOf(display_name ?? username)}
      </Avatar>
      <div className={classes.names}>
        <h1 className={classes.title} dir="auto">
          {display_name ?? `@${username}`}
        </h1>
        {display_name !== null && <Text c="dimmed">@{username}</Text>}
      </div>
      {me?.username === username ? (
        <Button
          component={Link}
          to="/account"
          variant="default"
          size="compact-md"
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          Edit your profile
        </Button>
      ) : (
        <FollowButton user={user} />
      )}
      {bio !== null && (
        <Text className={classes.bio} dir="auto">
          {bio}
        </Text>
      )}
      <ProfileLinks user={user} own={me?.username === username} />
    </header>
  );
}

function ProfileLinks({ user, own }: { user: User; own: boolean }) {
  const person = usePerson();
  const home = addressOfPerson(user.username);
  return (
    <nav className={classes.ways} aria-label="Of this person">
      <NavLink to={home} end>
        <strong>{count(user.posts)}</strong> {user.posts === 1 ? 'post' : 'posts'}
      </NavLink>
      <NavLink to={`${home}/followers`}>
        <strong>{count(user.followers)}</strong> {user.followers === 1 ? 'follower' : 'followers'}
      </NavLink>
      <NavLink to={`${home}/following`}>
        <strong>{count(user.following)}</strong> following
      </NavLink>
      <NavLink to={`${home}/albums`}>Albums</NavLink>
      {person !== null && !own && <NavLink to={`${home}/mutual`}>{CIRCLES.mutual}</NavLink>}
    </nav>
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}
