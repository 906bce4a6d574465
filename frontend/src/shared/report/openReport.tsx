import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';
import { openDialog } from '@/shared/dialogs';
import type { Reportable } from './sendReport';

const DIALOG = 'report';

/** Asks why a picture or post should not be shown, and tells the gallery's admins. */
export async function openReport(thing: Reportable): Promise<void> {
  try {
    const { ReportForm } = await import('./ReportForm');
    await openDialog({
      modalId: DIALOG,
      title: 'post_id' in thing ? 'Report this post' : 'Report this picture',
      children: <ReportForm thing={thing} dialog={DIALOG} />,
    });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Reporting is not possible now', message: inWords(error) });
  }
}
