import { useEffect } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { PictureView } from '@/features/picture/PictureView';
import { useArriving } from '@/features/upload/useArriving';

/** The picture that the address names. */
export function PicturePage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const { search } = useLocation();
  useFocusInGallery(id);
  return (
    <PictureView
      id={id}
      arriving={useArriving()}
      onShow={(next) => void navigate({ pathname: `/images/${next}`, search }, { replace: true })}
      onClose={() => void navigate({ pathname: '/', search }, { replace: true })}
    />
  );
}

/** Leaves the focus, once the picture is closed, on its tile, or where the pictures begin if it has none any more. */
function useFocusInGallery(id: string): void {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (window.location.pathname !== '/') return;
        const tile = document.querySelector<HTMLElement>(`a[data-image="${CSS.escape(id)}"]`);
        (tile ?? document.getElementById('content'))?.focus({ preventScroll: tile === null });
      });
    },
    [id],
  );
}
