import { useEffect } from 'react';
import { useMatch } from 'react-router';
import type { Month } from '@/shared/pictures/months';
import { useMonthOfImage } from '@/shared/pictures/useImage';
import type { PicturesOfMonth } from '@/shared/pictures/useMonths';

/** Asks for the month of the picture that is open over the gallery, and for those beside it: it has neighbours wherever it is. */
export function useOpenMonth(
  months: readonly PicturesOfMonth[],
  onAsk: (months: readonly Month[]) => void,
): void {
  const open = useMatch('/images/:id')?.params.id;
  const month = useMonthOfImage(open);
  const place = months.findIndex((one) => one.month === month);
  const around = months.slice(Math.max(0, place - 1), place + 2).filter(({ complete }) => !complete);
  const names = place < 0 ? '' : around.map((one) => one.month).join(' ');
  useEffect(() => {
    if (names !== '') onAsk(names.split(' '));
  }, [names, onAsk]);
}
