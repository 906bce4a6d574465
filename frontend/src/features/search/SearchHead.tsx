import { Anchor, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from 'react-router';
import type { Understood } from '@/api/types';
import { addressOf, type View } from '@/shared/pictures/view';
import { Quoted } from '@/shared/Quoted';
import { FilterChips } from './FilterChips';
import { FitSlider } from './FitSlider';
import classes from './Search.module.css';

interface SearchHeadProps {
  view: View & { kind: 'search' };
  /** How many pictures are loaded, null while none is known of. */
  count: number | null;
  /** Whether there are more than these. */
  more: boolean;
  /** What else was searched for, where words seem misspelt. */
  corrected: string | null;
  /** What of the words was taken for filters. */
  understood: readonly Understood[];
}

/** What was searched for, how many pictures were found, and how well they have to fit. */
export function SearchHead({ view, count, more, corrected, understood }: SearchHeadProps) {
  const words = count === null ? '' : countInWords(count, more, view.query === '' ? '' : ', best first');
  const [calm] = useDebouncedValue(words, 500);
  return (
    <div className={classes.head}>
      <div>
        <h1>
          <Text span size="xl" fw={650} className={classes.query}>
            {view.query === '' ? (
              'Chosen pictures'
            ) : (
              <>
                Pictures for <Quoted>{view.query}</Quoted>
              </>
            )}
          </Text>
        </h1>
        <Text size="sm" c="dimmed" aria-hidden>
          {words}&nbsp;
        </Text>
        <VisuallyHidden role="status">{calm}</VisuallyHidden>
        {corrected !== null && <Corrected view={view} corrected={corrected} />}
        <FilterChips view={view} understood={understood} />
      </div>
      {view.query !== '' && <FitSlider view={view} />}
    </div>
  );
}

/** Says what else was searched for, and leads to either alone. */
function Corrected({ view, corrected }: { view: SearchHeadProps['view']; corrected: string }) {
  return (
    <Text size="sm" className={classes.query}>
      Also:{' '}
      <Anchor component={Link} to={addressOf({ ...view, query: corrected })}>
        <bdi>{corrected}</bdi>
      </Anchor>
      {' · '}
      <Anchor component={Link} to={addressOf({ ...view, verbatim: true })}>
        Only <Quoted>{view.query}</Quoted>
      </Anchor>
    </Text>
  );
}

/** Says how many pictures were found. */
function countInWords(count: number, more: boolean, order: string): string {
  if (count === 0) return 'Nothing found';
  const pictures = count === 1 && !more ? 'picture' : 'pictures';
  return `${count}${more ? ' and more' : ''} ${pictures}${order}`;
}
