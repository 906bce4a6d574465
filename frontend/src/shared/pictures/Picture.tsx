import type { ComponentProps } from 'react';
import type { Image } from '@/api/types';
import { coveringWidth, renditionsOf, srcSetOf } from './renditions';
import { steadyUrl } from './steadyUrl';

interface PictureProps extends Omit<ComponentProps<'img'>, 'src' | 'srcSet' | 'width' | 'height' | 'alt'> {
  image: Image;
  alt: string;
  /** The box in CSS pixels that the picture covers; else `sizes` says how wide it is drawn. */
  box?: { width: number; height: number };
}

/** A picture as sharp as the screen shows it: the browser chooses among its renditions, whose shape it knows beforehand. */
export function Picture({ image, alt, box, sizes, ...props }: PictureProps) {
  if (!image.urls.small) return null;
  const renditions = renditionsOf(image);
  return (
    <img
      alt={alt}
      // `sizes` comes before what it is for: some browsers begin to fetch at the first address they are given.
      sizes={box ? `${coveringWidth(image, box)}px` : sizes}
      srcSet={srcSetOf(renditions)}
      src={steadyUrl(image.urls.small)}
      width={image.width ?? undefined}
      height={image.height ?? undefined}
      {...props}
    />
  );
}
