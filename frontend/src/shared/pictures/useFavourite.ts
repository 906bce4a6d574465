import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, expectDone } from '@/api/client';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { listKey, rememberImages } from './cache';
import { isolated, nameOf } from './words';

const favouritesKey = listKey({ kind: 'shelf', shelf: 'favourites' });

/** PUT or DELETE /api/images/{id}/favourite: puts a picture among one's favourites, or takes it out. */
async function setFavourite(id: string, favourite: boolean): Promise<void> {
  const options = { params: { path: { image_id: id } } };
  await expectDone(
    favourite
      ? api.PUT('/api/images/{image_id}/favourite', options)
      : api.DELETE('/api/images/{image_id}/favourite', options),
  );
}

/** Returns a function that makes a picture a favourite or none, shown at once and taken back where that fails. */
export function useFavourite(): (image: Image) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ id, favourite }: Image) => setFavourite(id, !favourite),
    onMutate: (image) => rememberImages(client, [{ ...image, favourite: !image.favourite }]),
    onSuccess: () => client.invalidateQueries({ queryKey: favouritesKey }),
    onError: (error, image) => {
      rememberImages(client, [image]);
      notifications.show({
        color: 'red',
        title: `“${isolated(nameOf(image))}” stays as it was`,
        message: inWords(error),
      });
    },
  });
  return mutate;
}
