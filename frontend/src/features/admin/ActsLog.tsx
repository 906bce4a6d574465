import { EmptyState, Text } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import type { LogEntry } from '@/api/types';
import { moment } from '@/shared/pictures/words';
import classes from './Administration.module.css';
import { Listed } from './Listed';
import { getLog } from './requests';
import { usePages } from './usePages';

const OUTCOMES: Record<LogEntry['outcome'], string> = {
  begun: 'begun, end unknown',
  done: 'done',
  refused: 'refused',
  failed: 'failed',
};

/** What admins did, newest first. */
export function ActsLog() {
  const list = usePages(['log'], getLog);
  return (
    <Listed
      list={list}
      things="entries"
      itemsOf={(page) => page.entries}
      empty={
        <EmptyState
          py="xl"
          icon={<IconNotebook stroke={1.25} aria-hidden />}
          title="Nothing was done yet"
          description="Whatever an admin does to the gallery, to others or to what is theirs is kept here for 400 days."
        />
      }
    >
      {(entries) => (
        <ul className={classes.list}>
          {entries.map(({ id, at, by, action, subject, outcome, detail }) => (
            <li key={id}>
              <div className={classes.about}>
                <Text>
                  <b>{by}</b>: {action} {subject}
                </Text>
                <Text size="sm" c="dimmed">
                  {moment(at)}, {OUTCOMES[outcome]}
                  {detail && `: ${detail}`}
                </Text>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Listed>
  );
}
