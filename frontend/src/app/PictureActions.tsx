import type { Image } from '@/api/types';
import { PostButton } from '@/features/posts/PostButton';
import { useSettings } from '@/shared/settings';

/** What can be done with a picture besides what is there for all pictures. */
export function PictureActions({ image }: { image: Image }) {
  const { identity, demo_only } = useSettings();
  const mayBePosted = identity !== null && !demo_only && image.urls.small !== null;
  return mayBePosted && <PostButton image={image} />;
}
