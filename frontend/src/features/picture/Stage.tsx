import { Text } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import Lightbox, { type ControllerRef, type Slide } from 'yet-another-react-lightbox';
import Fullscreen from 'yet-another-react-lightbox/plugins/fullscreen';
import Inline from 'yet-another-react-lightbox/plugins/inline';
import Slideshow from 'yet-another-react-lightbox/plugins/slideshow';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';
import type { Image } from '@/api/types';
import { isPlainKey } from '@/shared/keys';
import { useShownImages } from '@/shared/pictures/useMonths';
import { renditionsOf } from '@/shared/pictures/renditions';
import { nameOf } from '@/shared/pictures/words';
import classes from './PictureView.module.css';

declare module 'yet-another-react-lightbox' {
  interface SlideUnseen {
    type: 'unseen';
    words: string;
  }

  interface SlideTypes {
    unseen: SlideUnseen;
  }
}

interface StageProps {
  image: Image;
  /** Address of the file on this device, for as long as there is no rendition. */
  preview: string | null;
  onShow: (id: string) => void;
  /** What stands on the picture. */
  children: ReactNode;
}

/** The picture, large, between its neighbours in the gallery: by arrow key, button or swipe; zoomable. */
export function Stage({ image, preview, onShow, children }: StageProps) {
  const images = useNeighbours(image);
  const index = images.findIndex(({ id }) => id === image.id);
  const slides = useMemo(
    () => images.map((neighbour) => slideOf(neighbour, neighbour.id === image.id ? preview : null)),
    [images, image.id, preview],
  );
  const controller = useRef<ControllerRef>(null);
  useArrowKeys(controller);
  return (
    <div className={classes.stage}>
      <Lightbox
        plugins={[Inline, Zoom, Fullscreen, ...(images.length > 1 ? [Slideshow] : [])]}
        slides={slides}
        index={index}
        carousel={{ finite: true, padding: 0, preload: 1 }}
        slideshow={{ delay: 5000 }}
        controller={{ ref: controller, touchAction: 'pan-y' }}
        animation={{ swipe: 250, navigation: 0 }}
        zoom={{ maxZoomPixelRatio: 2 }}
        labels={LABELS}
        render={{
          slide: ({ slide }) => (slide.type === 'unseen' ? <Unavailable words={slide.words} /> : undefined),
          ...(images.length === 1 && { buttonPrev: () => null, buttonNext: () => null }),
        }}
        on={{
          view: ({ index: shown }) => {
            const next = images[shown];
            if (next && next.id !== image.id) onShow(next.id);
          },
        }}
      />
      {children}
    </div>
  );
}

const LABELS = {
  Previous: 'Previous picture',
  Next: 'Next picture',
  'Enter Fullscreen': 'Full screen',
  'Exit Fullscreen': 'Leave full screen',
  Play: 'Start a slideshow',
  Pause: 'Stop the slideshow',
};

/** Returns the gallery's pictures if this one is among them, as far as they are loaded; else it alone. */
function useNeighbours(image: Image): readonly Image[] {
  const data = useShownImages();
  return useMemo(() => {
    const images = data?.map((neighbour) => (neighbour.id === image.id ? image : neighbour)) ?? [];
    return images.some(({ id }) => id === image.id) ? images : [image];
  }, [data, image]);
}

function slideOf(image: Image, preview: string | null): Slide {
  const renditions = renditionsOf(image);
  const largest = renditions.at(-1);
  const src = largest?.src ?? image.urls.large ?? preview;
  if (src === null) {
    return { type: 'unseen', words: image.failure?.detail ?? 'This picture is still being looked at.' };
  }
  // One can zoom as far as the largest rendition has pixels; a smaller one is shown until then where that is enough.
  return { src, alt: nameOf(image), ...largest, ...(renditions.length > 1 && { srcSet: renditions }) };
}

function Unavailable({ words }: { words: string }) {
  return (
    <div className={classes.unseen}>
      <IconPhotoOff size={40} stroke={1.25} aria-hidden />
      <Text>{words}</Text>
    </div>
  );
}

/** Lets the arrow keys turn the pages wherever the focus is; inside the lightbox they do so by themselves. */
function useArrowKeys(controller: React.RefObject<ControllerRef | null>): void {
  useEffect(() => {
    const turn = (event: KeyboardEvent) => {
      if (!isPlainKey(event, '.yarl__root, [role="alertdialog"]')) return;
      if (event.key === 'ArrowLeft') controller.current?.prev();
      if (event.key === 'ArrowRight') controller.current?.next();
    };
    window.addEventListener('keydown', turn);
    return () => {
      window.removeEventListener('keydown', turn);
    };
  }, [controller]);
}
