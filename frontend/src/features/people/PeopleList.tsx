import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { User } from '@/api/types';
import { PersonName } from '@/shared/people/PersonName';
import { FollowButton } from './FollowButton';
import classes from './People.module.css';

interface PeopleListProps<Known extends User> {
  label: string;
  people: readonly Known[];
  /** What else is said of each. */
  note?: (user: Known) => ReactNode;
}

/** People, each leading to their profile, to be followed right here. */
export function PeopleList<Known extends User>({ label, people, note }: PeopleListProps<Known>) {
  return (
    <ul className={classes.people} aria-label={label}>
      {people.map((user) => (
        <li key={user.username} className={classes.row}>
          <div className={classes.who}>
            <PersonName username={user.username} name={user.display_name} />
            {(note ?? bioOf)(user)}
          </div>
          <FollowButton user={user} />
        </li>
      ))}
    </ul>
  );
}

function bioOf({ bio }: User): ReactNode {
  return (
    bio !== null && (
      <Text size="sm" c="dimmed" lineClamp={2}>
        {bio}
      </Text>
    )
  );
}
