import { Text } from '@mantine/core';

/** Says how many more characters may be written, or how many there are too many; aloud as it gets tight. */
export function CharactersLeft({ left, id }: { left: number; id?: string }) {
  const count = Math.abs(left);
  return (
    <Text
      id={id}
      size="sm"
      c={left < 0 ? 'var(--alarm)' : 'dimmed'}
      aria-live={left <= 10 ? 'polite' : 'off'}
    >
      {count === 1 ? '1 character' : `${count} characters`} {left < 0 ? 'too many' : 'left'}
    </Text>
  );
}
