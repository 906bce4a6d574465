import { Center, Loader } from '@mantine/core';
import { Problem } from '@/api/problem';
import { Album } from './Album';
import { Closed } from './Closed';
import classes from './Guest.module.css';
import { PasswordQuestion } from './PasswordQuestion';
import { useLink } from './queries';

/** What who has a link sees of an album, or why there is nothing to see. */
export function Guest() {
  const { data: link, error, refetch } = useLink();
  return (
    <main className={classes.page}>
      {link && <Album link={link} />}
      {!link && !error && (
        <Center mih="60vh">
          <Loader role="status" aria-label="Opening the album" />
        </Center>
      )}
      {!link &&
        error &&
        (isAsking(error) ? <PasswordQuestion /> : <Closed error={error} retry={() => void refetch()} />)}
    </main>
  );
}

function isAsking(error: Error): boolean {
  return error instanceof Problem && error.status === 401;
}
