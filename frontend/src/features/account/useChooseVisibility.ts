import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Me } from '@/api/types';
import type { Visibility } from '@/shared/account/newPictures';
import { changeMe } from '@/shared/people/changeMe';
import { meKey } from '@/shared/people/me';

/**
 * Returns a function that sets who sees the pictures that a person adds, on all of their devices.
 *
 * It holds here at once, for files that are chosen while the gallery is told; should that fail, the former choice is back.
 */
export function useChooseVisibility(sub: string): (visibility: Visibility) => void {
  const client = useQueryClient();
  const key = meKey(sub);
  const { mutate } = useMutation({
    scope: { id: 'default-visibility' },
    mutationFn: (default_visibility: Visibility) => changeMe({ default_visibility }),
    onMutate: async (default_visibility) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<Me>(key);
      if (before) client.setQueryData<Me>(key, { ...before, default_visibility });
      return { before };
    },
    onSuccess: (me) => client.setQueryData(key, me),
    onError: (error, _, context) => {
      client.setQueryData(key, context?.before);
      notifications.show({
        color: 'red',
        title: 'Who sees new pictures was not changed',
        message: inWords(error),
      });
    },
  });
  return mutate;
}
