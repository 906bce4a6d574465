import { Avatar } from '@mantine/core';
import { Link } from 'react-router';
import type { User } from '@/api/types';
import { addressOfPerson, initialOf } from './names';
import classes from './PersonName.module.css';

interface PersonNameProps {
  username: User['username'];
  name: User['display_name'];
}

/** Somebody by name, leading to their profile. */
export function PersonName({ username, name }: PersonNameProps) {
  return (
    <Link to={addressOfPerson(username)} className={classes.person}>
      <Avatar size={36} color="fern" aria-hidden>
        {initialOf(name ?? username)}
      </Avatar>
      <span className={classes.names}>
        {name !== null && <bdi className={classes.name}>{name}</bdi>}
        <span className={name === null ? classes.name : classes.username}>@{username}</span>
      </span>
    </Link>
  );
}
