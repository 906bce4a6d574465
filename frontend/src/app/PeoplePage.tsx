import { EmptyState } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { CircleList } from '@/features/people/CircleList';
import { Suggestions } from '@/features/people/Suggestions';
import { usePerson } from '@/api/person';
import { PageTitle } from '@/shared/PageTitle';
import { useMe } from '@/shared/people/me';
import { usePageTitle } from '@/shared/usePageTitle';
import classes from './Posts.module.css';
import { SignInFirst } from './SignInFirst';

/** Whom one may want to follow, and whom one follows. */
export function PeoplePage() {
  const person = usePerson();
  usePageTitle('People');
  if (person === null)
    return (
      <SignInFirst title={<h1>People</h1>} description="Sign in to follow people and see whom they follow." />
    );
  return (
    <div className={classes.column}>
      <PageTitle>People</PageTitle>
      <section aria-labelledby="suggestions">
        <h2 id="suggestions" className={classes.subtitle}>
          Suggestions
        </h2>
        <Suggestions none={<NoSuggestions />} />
      </section>
      <Followed />
    </div>
  );
}

function Followed() {
  const { data: me } = useMe();
  return (
    <section aria-labelledby="followed">
      <h2 id="followed" className={classes.subtitle}>
        Whom you follow
      </h2>
      {me && <CircleList user={me} circle="following" />}
    </section>
  );
}

function NoSuggestions() {
  return (
    <EmptyState
      py="md"
      icon={<IconUsers stroke={1.25} aria-hidden />}
      title="Nobody to suggest yet"
      description="Once those whom you follow follow others, you will find them here. Authors of the newest posts are a good start."
    />
  );
}
