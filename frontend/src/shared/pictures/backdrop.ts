import type { Image } from '@/api/types';
import { drawPlaceholder } from './placeholder';

/** The style of what stands in for a picture until it is loaded: its colour, its blurred shape. */
export function backdropOf(image: Image | null) {
  const blurred = image?.placeholder ? drawPlaceholder(image.placeholder) : null;
  return {
    ...(image?.color && { backgroundColor: image.color }),
    ...(blurred && { backgroundImage: `url(${blurred})` }),
  };
}
