import { Group, SegmentedControl, Text } from '@mantine/core';
import type { Visibility } from '@/shared/account/newPictures';
import { audienceOf } from './audience';
import type { Upload } from './upload';
import { uploads } from './uploads';
import classes from './UploadPanel.module.css';

const CHOICES = [
  { value: 'private', label: 'Only you' },
  { value: 'public', label: 'Everybody' },
];

/** Says who will see the files that are not sent yet, and lets their owner change it. */
export function AudienceSwitch({ list }: { list: readonly Upload[] }) {
  const audience = audienceOf(list);
  if (audience === null) return null;
  if (!audience.open)
    return (
      <Text size="xs" className={classes.line}>
        Everybody will see these pictures: they are added without an account.
      </Text>
    );
  return (
    <Group gap="xs" className={classes.line} justify="space-between" wrap="nowrap">
      <Text size="xs" id="audience">
        Who will see what is not sent yet
      </Text>
      <SegmentedControl
        size="xs"
        aria-labelledby="audience"
        data={CHOICES}
        value={audience.visibility ?? ''}
        onChange={(chosen) => uploads.show(chosen as Visibility)}
      />
    </Group>
  );
}
