import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import { postsKey } from '@/shared/people/keys';
import { imagesKey } from '@/shared/pictures/cache';
import { settingsKey } from '@/shared/settings';

export const adminKey = ['admin'] as const;

/** Does something as an admin, says how that went, and has whatever shows the gallery's state ask for it again. */
export function useAct<Input, Result>(
  act: (input: Input) => Promise<Result>,
  describe: (result: Result, input: Input) => string,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (result, input) => {
      notifications.show({ message: describe(result, input) });
    },
    onError: (error) => {
      notifications.show({ color: 'red', title: 'That could not be done', message: inWords(error) });
    },
    onSettled: async () => {
      await Promise.all(
        [adminKey, imagesKey, postsKey, settingsKey].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}
