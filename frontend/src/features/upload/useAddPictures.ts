import { notifications } from '@mantine/notifications';
import { useNavigate } from 'react-router';
import { inWords, Problem } from '@/api/problem';
import { useNewPictures } from '@/shared/account/newPictures';
import { belongs } from '@/shared/pictures/cache';
import { addressOf, everything, useView, type View } from '@/shared/pictures/view';
import { useSettings } from '@/shared/settings';
import { fetchUploads } from './onPage';

/** Returns a function that uploads files, and shows a list that they belong to if the present one isn't. */
export function useAddPictures(): (files: readonly File[]) => void {
  const { uploads: limits } = useSettings();
  const made = useNewPictures();
  const shown = useView();
  const navigate = useNavigate();
  return (files) => {
    if (files.length === 0) return;
    fetchUploads().then(
      ({ uploads }) => uploads.add(files, limits, made),
      () =>
        notifications.show({
          color: 'red',
          title: 'Nothing was added',
          message: inWords(Problem.unreachable()),
        }),
    );
    if (!belongs(made, shown)) void navigate(addressOf(viewOf(made.owner)));
  };
}

function viewOf(owner: string | null): View {
  return owner === null ? everything : { kind: 'owner', owner };
}
