import { useEffect } from 'react';
import { matchPath, useLocation, useNavigate, useParams, type Location } from 'react-router';
import { PictureView } from '@/features/picture/PictureView';
import { useArriving } from '@/features/upload/useArriving';
import { addressOf, viewIn } from '@/shared/pictures/view';
import { PictureActions } from './PictureActions';

/** Where pictures are listed. */
const LISTS = ['/', '/albums/:album'];

/** The picture that the address names. */
export function PicturePage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const location: Location<unknown> = useLocation();
  const { search, state } = location;
  const back = backIn(state);
  useFocusInGallery(id);
  return (
    <PictureView
      id={id}
      arriving={useArriving()}
      Actions={PictureActions}
      onShow={(next) => void navigate({ pathname: `/images/${next}`, search }, { replace: true, state })}
      onClose={() => void navigate(back ?? listUnder(search), { replace: true, state })}
    />
  );
}

/** Returns which page, other than the gallery, the picture was opened from. */
function backIn(state: unknown): string | null {
  const known = typeof state === 'object' && state !== null && 'back' in state;
  return known && typeof state.back === 'string' ? state.back : null;
}

/** Returns where the list is over which a picture is open. */
function listUnder(search: string) {
  const view = viewIn(new URLSearchParams(search));
  return view.kind === 'album' ? addressOf(view) : { pathname: '/', search };
}

/** Leaves the focus, once the picture is closed, on its tile, or where the pictures begin if it has none any more. */
function useFocusInGallery(id: string): void {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (!LISTS.some((list) => matchPath(list, window.location.pathname))) return;
        const tile = document.querySelector<HTMLElement>(`a[data-image="${CSS.escape(id)}"]`);
        (tile ?? document.getElementById('content'))?.focus({ preventScroll: tile === null });
      });
    },
    [id],
  );
}
