import { monthInWords, type Month } from '@/shared/pictures/months';
import type { PicturesOfMonth } from '@/shared/pictures/useMonths';
import type { Selection } from '@/shared/selection/selection';
import classes from './Gallery.module.css';

interface MonthHeadingProps {
  month: PicturesOfMonth;
  /** Where it stands, in CSS pixels. */
  top: number;
  selection: Pick<Selection, 'selected'>;
  onChoose: (month: Month, isChosen: boolean) => void;
}

/** A month, and the mark by which all its pictures are selected at once. */
export function MonthHeading({
  month: { month, images, complete },
  top,
  selection,
  onChoose,
}: MonthHeadingProps) {
  const chosen = images.filter(({ id }) => selection.selected.has(id)).length;
  const all = complete && chosen > 0 && chosen === images.length;
  const name = monthInWords(month);
  return (
    <div className={classes.heading} style={{ top }}>
      <h2>{name}</h2>
      <label data-shown={selection.selected.size > 0 || undefined}>
        <input
          type="checkbox"
          aria-label={`Select all of ${name}`}
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = chosen > 0 && !all;
          }}
          onChange={() => onChoose(month, !all)}
        />
      </label>
    </div>
  );
}
