import { Button, FileButton, Group, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconCamera, IconPhoto, IconPhotoScan } from '@tabler/icons-react';
import { useSettings } from '@/shared/settings';
import { PageTitle } from '@/shared/PageTitle';
import { useWindowDrop } from '@/shared/useWindowDrop';
import classes from './Demo.module.css';
import { TrialCard } from './TrialCard';
import { useTrials } from './useTrials';

/** Shows what the gallery would say of a picture, and keeps nothing of it. */
export function Demo() {
  const { uploads: limits } = useSettings();
  const { trials, take, again } = useTrials(limits);
  useWindowEvent('paste', ({ clipboardData }) => take([...(clipboardData?.files ?? [])]));
  const over = useWindowDrop(({ dataTransfer }) => take([...(dataTransfer?.files ?? [])]));
  return (
    <div className={classes.demo} data-over={over || undefined}>
      <PageTitle>Try it without keeping anything</PageTitle>
      <Text c="dimmed">
        Your picture is made smaller in this browser, looked at once, and forgotten. Nothing is stored.
      </Text>
      <div className={classes.area}>
        <IconPhotoScan size={40} stroke={1.25} aria-hidden />
        <Text fw={600}>{over ? 'Let go to have it looked at' : 'Drop or paste a picture'}</Text>
        <Choices take={take} accept={[...limits.types, ...limits.endings].join(',')} />
      </div>
      {trials.length > 0 && (
        <ul className={classes.trials} aria-label="Pictures tried">
          {trials.map((trial) => (
            <TrialCard key={trial.key} trial={trial} again={again} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface ChoicesProps {
  take: (files: readonly File[]) => void;
  accept: string;
}

/** The device's own ways of choosing a picture and of taking one. */
function Choices({ take, accept }: ChoicesProps) {
  return (
    <Group gap="sm" justify="center">
      <FileButton multiple accept={accept} onChange={take}>
        {(button) => (
          <Button {...button} leftSection={<IconPhoto size={18} aria-hidden />}>
            Choose a picture
          </Button>
        )}
      </FileButton>
      <FileButton accept="image/*" capture="environment" onChange={(file) => file && take([file])}>
        {(button) => (
          <Button
            {...button}
            className={classes.camera}
            variant="default"
            leftSection={<IconCamera size={18} aria-hidden />}
          >
            Take a photograph
          </Button>
        )}
      </FileButton>
    </Group>
  );
}
