import { useMemo, useState } from 'react';
import Lightbox, { type Slide } from 'yet-another-react-lightbox';
import Fullscreen from 'yet-another-react-lightbox/plugins/fullscreen';
import Slideshow from 'yet-another-react-lightbox/plugins/slideshow';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';
import type { Image } from '@/api/types';
import { renditionsOf } from '@/shared/pictures/renditions';
import { nameOf } from '@/shared/pictures/words';
import type { Link } from './link';
import { ReportDialog } from './ReportDialog';
import { ViewerActions } from './ViewerActions';

interface ViewerProps {
  images: readonly Image[];
  /** Id of the picture to begin with. */
  first: string;
  link: Link;
  /** Whether this visit added these pictures. */
  mine: boolean;
  /** Called as one comes near the last picture. */
  onEnd: () => void;
  onClose: () => void;
}

const NEAR_END = 5;

/** One picture over the whole page, turned by arrow key, button or swipe; Escape leads back to its tile. */
export function Viewer({ images, first, link, mine, onEnd, onClose }: ViewerProps) {
  const [shown, setShown] = useState(first);
  const [reported, setReported] = useState<string | null>(null);
  const slides = useMemo(() => images.map(slideOf), [images]);
  const index = Math.max(
    0,
    images.findIndex(({ id }) => id === shown),
  );
  const image = images[index];
  const actions = image && (
    <ViewerActions
      key={image.id}
      image={image}
      link={link}
      mine={mine}
      onReport={() => setReported(image.id)}
      onGone={onClose}
    />
  );
  return (
    <>
      <Lightbox
        open
        close={onClose}
        slides={slides}
        index={index}
        plugins={[Zoom, Fullscreen, ...(images.length > 1 ? [Slideshow] : [])]}
        carousel={{ finite: true, padding: 0, preload: 1 }}
        slideshow={{ delay: 5000 }}
        controller={{ closeOnPullDown: true }}
        zoom={{ maxZoomPixelRatio: 2 }}
        labels={LABELS}
        render={{
          controls: () => actions,
          ...(images.length === 1 && { buttonPrev: () => null, buttonNext: () => null }),
        }}
        on={{
          view: ({ index: turned }) => {
            setShown(images[turned]?.id ?? first);
            if (turned >= images.length - NEAR_END) onEnd();
          },
        }}
      />
      {reported !== null && <ReportDialog id={reported} onClose={() => setReported(null)} />}
    </>
  );
}

const LABELS = {
  Lightbox: 'Picture',
  Previous: 'Previous picture',
  Next: 'Next picture',
  'Enter Fullscreen': 'Full screen',
  'Exit Fullscreen': 'Leave full screen',
  Play: 'Start a slideshow',
  Pause: 'Stop the slideshow',
};

function slideOf(image: Image): Slide {
  const renditions = renditionsOf(image);
  const largest = renditions.at(-1);
  const src = largest?.src ?? image.urls.large ?? image.urls.small ?? '';
  return { src, alt: nameOf(image), ...largest, ...(renditions.length > 1 && { srcSet: renditions }) };
}
