import { Button, Group, Text } from '@mantine/core';
import { isolated } from '@/shared/pictures/words';
import type { UploadGroup } from './groups';
import { mayBeRetried, type Upload } from './upload';
import { uploads } from './uploads';
import classes from './UploadPanel.module.css';

/** Many files that did not go through for one reason, in one line that opens to their names. */
export function FailureRow({ group: { reason, uploads: list } }: { group: UploadGroup }) {
  const again = list.filter(mayBeRetried).map(({ key }) => key);
  return (
    <li className={classes.row}>
      <Text size="sm" c="var(--alarm)">
        {list.length} files: {reason}
      </Text>
      <details className={classes.names}>
        <summary>{namesOf(list)}</summary>
        <ul>
          {list.map(({ key, name }) => (
            <li key={key} dir="auto">
              {name}
            </li>
          ))}
        </ul>
      </details>
      <Group gap="xs">
        {again.length > 0 && (
          <Button size="compact-xs" variant="light" onClick={() => uploads.retry(again)}>
            {list.every(({ state }) => state.step === 'interrupted') ? 'Send them now' : 'Try again'}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => uploads.cancel(list.map(({ key }) => key))}
        >
          Dismiss
        </Button>
      </Group>
    </li>
  );
}

const NAMED = 2;

function namesOf(list: readonly Upload[]): string {
  const names = list.slice(0, NAMED).map(({ name }) => isolated(name));
  const more = list.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ');
}
