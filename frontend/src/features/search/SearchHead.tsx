import { Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { View } from '@/shared/pictures/view';
import { FitSlider } from './FitSlider';
import classes from './Search.module.css';

interface SearchHeadProps {
  view: View & { kind: 'search' };
  /** How many pictures are loaded, null while none is known of. */
  count: number | null;
  /** Whether there are more than these. */
  more: boolean;
}

/** What was searched for, how many pictures were found, and how well they have to fit. */
export function SearchHead({ view, count, more }: SearchHeadProps) {
  const words = count === null ? '' : found(count, more);
  const [calm] = useDebouncedValue(words, 500);
  return (
    <div className={classes.head}>
      <div>
        <h1>
          <Text span size="xl" fw={650} className={classes.query}>
            Pictures for “{view.query}”
          </Text>
        </h1>
        <Text size="sm" c="dimmed" aria-hidden>
          {words}&nbsp;
        </Text>
        <VisuallyHidden role="status">{calm}</VisuallyHidden>
      </div>
      <FitSlider view={view} />
    </div>
  );
}

/** Says how many pictures were found. */
function found(count: number, more: boolean): string {
  if (count === 0) return 'Nothing found';
  const pictures = count === 1 && !more ? 'picture' : 'pictures';
  return `${count}${more ? ' and more' : ''} ${pictures}, best first`;
}
