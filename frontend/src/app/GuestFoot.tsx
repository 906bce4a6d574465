import { Text } from '@mantine/core';
import type { Image } from '@/api/types';

/** Which guest added a picture, by the name that they gave. */
export default function GuestFoot({ image: { guest_name } }: { image: Image }) {
  return (
    <Text size="sm" c="dimmed">
      From {guest_name === null ? 'a guest without a name' : <bdi>{guest_name}</bdi>}
    </Text>
  );
}
