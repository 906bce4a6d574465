import { Alert, Stack } from '@mantine/core';
import { IconEyeOff, IconPlayerPause, IconWifiOff } from '@tabler/icons-react';
import { moment } from '@/shared/pictures/words';
import { useSettings } from '@/shared/settings';

/** What everybody should know about the state of this gallery. */
export default function BannerList({ online }: { online: boolean }) {
  const { model, pause } = useSettings();
  const banners = [
    !online && (
      <Alert key="offline" color="yellow" icon={<IconWifiOff />}>
        You are offline. What you see may be out of date.
      </Alert>
    ),
    model === null && (
      <Alert key="model" icon={<IconEyeOff />}>
        This gallery has no model yet. Pictures can be added; captions will appear once a model is compiled.
      </Alert>
    ),
    pause !== null && (
      <Alert
        key="paused"
        color="yellow"
        icon={<IconPlayerPause />}
        title={`Captioning has been paused since ${moment(pause.since)}`}
      >
        <bdi>{pause.reason}</bdi> Pictures can be added and will get their captions later.
      </Alert>
    ),
  ].filter((banner) => banner !== false);
  return (
    <Stack gap="xs" mb="lg">
      {banners}
    </Stack>
  );
}
