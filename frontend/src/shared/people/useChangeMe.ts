import { useMutation, useQueryClient } from '@tanstack/react-query';
import { meKey } from './me';
import { peopleKey, postsKey } from './keys';
import { changeMe } from './changeMe';

/** Changes one's own profile; wherever it is shown, it is asked for anew. */
export function useChangeMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changeMe,
    onSuccess: (me) => {
      client.setQueryData(meKey(me.sub), me);
      void client.invalidateQueries({ queryKey: peopleKey });
      void client.invalidateQueries({ queryKey: postsKey });
    },
  });
}
