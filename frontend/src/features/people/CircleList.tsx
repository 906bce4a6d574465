import { EmptyState } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { User } from '@/api/types';
import { useMe } from '@/shared/people/me';
import { nameOfPerson } from '@/shared/people/names';
import { ListEnd } from '@/shared/ListEnd';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { CIRCLES, type Circle } from './circles';
import { PeopleList } from './PeopleList';
import { PeopleSkeleton } from './PeopleSkeleton';
import { useCircle } from './useUser';

type Named = Pick<User, 'username' | 'display_name'>;

interface CircleListProps {
  user: Named;
  circle: Circle;
}

/** The people who follow somebody, whom they follow, or who follow both them and the one who looks. */
export function CircleList({ user, circle }: CircleListProps) {
  const { data: me } = useMe();
  const own = me?.username === user.username;
  const list = useCircle(user.username, circle);
  const { data, error, refetch, hasNextPage } = list;
  if (data === undefined && error)
    return <ErrorNotice title="The people could not be loaded" error={error} retry={() => void refetch()} />;
  if (data === undefined) return <PeopleSkeleton />;
  if (data.length === 0 && !hasNextPage) return <Nobody words={nobodyIn(user, circle, own)} />;
  return (
    <>
      <PeopleList label={CIRCLES[circle]} people={data} />
      <ListEnd list={list} things="people" />
    </>
  );
}

function Nobody({ words }: { words: string }) {
  return <EmptyState py="xl" icon={<IconUsers stroke={1.25} aria-hidden />} title={words} />;
}

function nobodyIn(user: Named, circle: Circle, own: boolean): string {
  if (own) return circle === 'following' ? 'You follow nobody yet' : 'Nobody follows you yet';
  const name = nameOfPerson(user);
  switch (circle) {
    case 'followers':
      return `Nobody follows ${name} yet`;
    case 'following':
      return `${name} follows nobody yet`;
    case 'mutual':
      return `Nobody follows both ${name} and you`;
  }
}
