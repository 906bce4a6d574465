import { useQueryClient } from '@tanstack/react-query';
import type { Image } from '@/api/types';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { imagesKey } from '@/shared/pictures/cache';
import { MAX_PER_CALL } from '@/shared/pictures/changeMany';
import { findImages } from '@/shared/pictures/findImages';
import { changeEach } from './changeEach';
import { notifyFailure, notifyOutcome } from './notifyOutcome';
import { shiftInWords } from './shift';
import { ShiftDates } from './ShiftDates';
import { countOf, type BatchTask } from './useBatchTask';

const DIALOG = 'shift-dates';

/** Returns a function that asks by how much dates are wrong, and moves them. */
export function useAskToShift(begin: BatchTask['begin']): (images: readonly Image[]) => void {
  const shift = useShiftDates(begin);
  return (images) => {
    const onShift = (chosen: readonly Image[], seconds: number) => {
      closeDialog(DIALOG);
      void shift(chosen, seconds);
    };
    void openDialog({
      modalId: DIALOG,
      title: `Shift the dates of ${countOf(images.length)}`,
      children: <ShiftDates images={images} onShift={onShift} />,
    });
  };
}

/**
 * Returns a function that moves dates, as work that can be stopped, and offers to undo it.
 *
 * Pictures are moved in the versions that were seen, so that a call that is sent again moves none twice; a batch answers no
 * versions, so what is undone is read anew first.
 */
function useShiftDates(begin: BatchTask['begin']) {
  const client = useQueryClient();
  const run = (images: readonly Image[], seconds: number, isUndo = false): Promise<void> =>
    begin(isUndo ? 'Moving dates back' : 'Moving dates', images.length, async (signal, advance) => {
      const current = isUndo ? await readAnew(images, signal) : images;
      const { done, lines } = await changeEach(current, { action: 'shift_taken', seconds }, signal, advance);
      await client.invalidateQueries({ queryKey: imagesKey });
      notifyOutcome({
        message: `${countOf(done.length)} ${done.length === 1 ? 'is' : 'are'} dated ${shiftInWords(seconds)} now.`,
        title: `${countOf(lines.length)} not changed`,
        lines,
        undo: isUndo || done.length === 0 ? null : () => void run(done, -seconds, true),
      });
    }).catch((error: unknown) => notifyFailure('The dates were not changed', error));
  return (images: readonly Image[], seconds: number) => run(images, seconds);
}

/** GETs pictures as they are by now, a hundred in a call. */
async function readAnew(images: readonly Image[], signal: AbortSignal): Promise<Image[]> {
  const current: Image[] = [];
  for (let from = 0; from < images.length; from += MAX_PER_CALL) {
    const ids = images.slice(from, from + MAX_PER_CALL).map(({ id }) => id);
    current.push(...(await findImages(ids, signal)));
  }
  return current;
}
