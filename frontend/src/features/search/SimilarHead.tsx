import { Text } from '@mantine/core';
import { Link } from 'react-router';
import { Picture } from '@/shared/pictures/Picture';
import { useImage } from '@/shared/pictures/useImage';
import { nameOf } from '@/shared/pictures/words';
import { usePageTitle } from '@/shared/usePageTitle';
import { Quoted } from '@/shared/Quoted';
import classes from './Search.module.css';

/** Which picture the others are similar to, and the way back to it. */
export function SimilarHead({ id }: { id: string }) {
  const { data: image } = useImage(id);
  const title = image ? `Pictures like “${nameOf(image)}”` : 'Pictures like this one';
  usePageTitle(title);
  return (
    <div className={classes.source}>
      {image?.urls.small && (
        <Link to={{ pathname: `/images/${id}`, search: `?similar=${id}` }}>
          <Picture image={image} box={{ width: 56, height: 56 }} alt={nameOf(image)} />
        </Link>
      )}
      <h1>
        <Text span size="xl" fw={650}>
          {image ? (
            <>
              Pictures like <Quoted>{nameOf(image)}</Quoted>
            </>
          ) : (
            title
          )}
        </Text>
      </h1>
    </div>
  );
}
