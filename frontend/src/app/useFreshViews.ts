import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { presence, usePerson } from '@/api/person';
import { albumsKey } from '@/shared/albums/keys';
import { peopleKey, postsKey } from '@/shared/people/keys';
import { imagesKey } from '@/shared/pictures/cache';

const NOTICE = 'signed-out';
const ENDED = 'Your session has ended. Please sign in again.';

/** Shows nothing to anybody that was fetched for somebody else: whenever the person changes, all that is shown is asked for anew. */
export function useFreshViews(): void {
  const client = useQueryClient();
  const person = usePerson();
  const shownTo = useRef(person);

  useEffect(() => {
    const before = shownTo.current;
    shownTo.current = person;
    if (before?.sub === person?.sub) return;
    for (const queryKey of [imagesKey, albumsKey, postsKey, peopleKey])
      void client.resetQueries({ queryKey });
    if (person !== null) notifications.hide(NOTICE);
    else
      notifications.show({ id: NOTICE, message: presence.getState().ended ? ENDED : 'You are signed out.' });
  }, [client, person]);
}
