import { Notifications } from '@mantine/notifications';

/** Where notifications are shown, those too that came before this was there. */
export default function Notices() {
  return <Notifications position="bottom-center" zIndex={500} />;
}
