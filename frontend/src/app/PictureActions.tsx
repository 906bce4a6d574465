import type { Image } from '@/api/types';
import { HideButton } from '@/features/admin/HideButton';
import { PostButton } from '@/features/posts/PostButton';
import { usePerson } from '@/api/person';
import { useSettings } from '@/shared/settings';

/** What can be done with a picture besides what is there for all pictures. */
export function PictureActions({ image }: { image: Image }) {
  const { identity, demo_only } = useSettings();
  const mayBePosted = identity !== null && !demo_only && image.urls.small !== null;
  const person = usePerson();
  const mayBeHidden = person?.admin && (image.hidden || image.owner !== person.sub);
  return (
    <>
      {mayBePosted && <PostButton image={image} />}
      {mayBeHidden && <HideButton id={image.id} hidden={image.hidden} />}
    </>
  );
}
